import type { FulfilmentOrderId, NodeId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { OrderFact, SourcingReason, Tracking } from './facts.ts';
import { moveUnits, sumByLine, type MoveRefusal } from './move-units.ts';
import { withSkus, workIdOf, type LineUnits, type Order, type Work, type WorkOutcome } from './order.ts';
import { settle, unchanged, type Decided } from './settle.ts';

export type FulfilmentRefusal =
  | { readonly type: 'unknownWork'; readonly fulfilmentOrderId: FulfilmentOrderId }
  | { readonly type: 'endedOtherwise'; readonly outcome: WorkOutcome }
  | { readonly type: 'moreThanAskedFor' }
  | MoveRefusal;

type Ending = {
  readonly outcome: WorkOutcome;
  readonly shipped: readonly LineUnits[];
  /** Where the rest of the units goes. */
  readonly restTo: 'open' | 'cancelled';
  readonly reason?: SourcingReason;
  readonly tracking?: Tracking | undefined;
};

const restOf = (work: Work, shipped: readonly LineUnits[]): readonly LineUnits[] | undefined => {
  const taken = sumByLine(shipped);
  const asked = sumByLine(work.lines);
  if ([...taken].some(([lineId, quantity]) => quantity > (asked.get(lineId) ?? 0))) return undefined;
  return work.lines.flatMap(({ lineId, quantity }) => {
    const rest = quantity - (taken.get(lineId) ?? 0);
    return rest > 0 ? [{ lineId, quantity: rest }] : [];
  });
};

const exclude = (nodes: readonly NodeId[], nodeId: NodeId): readonly NodeId[] =>
  nodes.includes(nodeId) ? nodes : [...nodes, nodeId];

/**
 * Ends the work of one node. It ends once: the same ending again changes nothing, another ending is refused. The units
 * moved are those that the order knows to be there, whatever the fact repeats of them.
 */
const endWork = (
  order: Order,
  fulfilmentOrderId: FulfilmentOrderId,
  ending: Ending,
  at: Instant,
): Result<Decided, FulfilmentRefusal> => {
  const work = order.work.find((candidate) => workIdOf(order, candidate) === fulfilmentOrderId);
  if (work === undefined) return refuse({ type: 'unknownWork', fulfilmentOrderId });
  if (work.outcome !== undefined) {
    return work.outcome === ending.outcome
      ? ok(unchanged(order))
      : refuse({ type: 'endedOtherwise', outcome: work.outcome });
  }
  const rest = restOf(work, ending.shipped);
  if (rest === undefined) return refuse({ type: 'moreThanAskedFor' });
  const shipped = moveUnits(order.lines, 'reserved', 'shipped', ending.shipped);
  const lines = shipped.ok ? moveUnits(shipped.value, 'reserved', ending.restTo, rest) : shipped;
  if (!lines.ok) return lines;
  const isLetDown = ending.restTo === 'open' && rest.length > 0;
  const after: Order = {
    ...order,
    lines: lines.value,
    work: order.work.map((each) => (each === work ? { ...each, lines: [], outcome: ending.outcome } : each)),
    excludedNodes: isLetDown ? exclude(order.excludedNodes, work.nodeId) : order.excludedNodes,
  };
  const facts: readonly OrderFact[] =
    ending.shipped.length === 0
      ? []
      : [
          {
            type: 'shipmentRecorded',
            fulfilmentOrderId,
            nodeId: work.nodeId,
            lines: withSkus(order, ending.shipped),
            tracking: ending.tracking,
          },
        ];
  return ok(settle(order, after, facts, at, isLetDown ? ending.reason : undefined));
};

/** The node will not do it: its units are open again, for other nodes. */
export const applyRejection = (order: Order, fulfilmentOrderId: FulfilmentOrderId, at: Instant) =>
  endWork(
    order,
    fulfilmentOrderId,
    { outcome: 'rejected', shipped: [], restTo: 'open', reason: 'rejected' },
    at,
  );

/** The node has shipped; what it did not ship of its work is open again, for other nodes. */
export const applyShipment = (
  order: Order,
  shipment: {
    readonly fulfilmentOrderId: FulfilmentOrderId;
    readonly shipped: readonly LineUnits[];
    readonly tracking?: Tracking | undefined;
  },
  at: Instant,
) =>
  endWork(
    order,
    shipment.fulfilmentOrderId,
    {
      outcome: 'shipped',
      shipped: shipment.shipped,
      restTo: 'open',
      reason: 'shortPick',
      tracking: shipment.tracking,
    },
    at,
  );

/** The work is called off: its units are cancelled. */
export const applyCancellation = (order: Order, fulfilmentOrderId: FulfilmentOrderId, at: Instant) =>
  endWork(order, fulfilmentOrderId, { outcome: 'cancelled', shipped: [], restTo: 'cancelled' }, at);
