import { reservationIdOf } from '../../kernel/derive-ids.ts';
import type { NodeId, ReservationId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { backordersEndAfter } from './end-backorders.ts';
import type { OrderFact } from './facts.ts';
import { contentOf, moveUnits, sumByLine, unitsIn } from './move-units.ts';
import { withSkus, workIdOf, type LineQuantity, type LineUnits, type Order, type Work } from './order.ts';
import { settle, unchanged, type Decided } from './settle.ts';
import { outcomeOf } from './status.ts';

export type Screening =
  | {
      readonly outcome: 'ready';
      readonly reservationId: ReservationId;
      readonly lines: readonly LineQuantity[];
    }
  | { readonly outcome: 'onHold' }
  /** The routing of that number has come to nothing: whatever is reserved under it is to be released. */
  | { readonly outcome: 'withdrawn'; readonly reservationId: ReservationId }
  | { readonly outcome: 'nothingToSource' };

/** What the routing of that number has to source. A number that is not the order's next one has nothing to do. */
export const screenForSourcing = (order: Order, revision: number): Screening => {
  if (order.supersededRevisions.includes(revision))
    return { outcome: 'withdrawn', reservationId: reservationIdOf(order.orderId, revision) };
  if (revision !== order.revision || unitsIn(order.lines, 'open') === 0)
    return { outcome: 'nothingToSource' };
  if (order.holds.length > 0) return { outcome: 'onHold' };
  return {
    outcome: 'ready',
    reservationId: reservationIdOf(order.orderId, revision),
    lines: withSkus(order, contentOf(order.lines, 'open')),
  };
};

/** The plan for which stock is reserved, and the units that it was made for. */
export type Routing = {
  readonly revision: number;
  readonly considered: readonly LineUnits[];
  readonly shipments: readonly { readonly nodeId: NodeId; readonly lines: readonly LineUnits[] }[];
  /** Days after which what it leaves to be backordered is cancelled; absent or null: it waits. */
  readonly cancelAfterDays?: number | null | undefined;
};

export type RoutingRefusal =
  | { readonly type: 'planExceedsWhatWasConsidered' }
  | { readonly type: 'unknownRevision'; readonly revision: number };

export type RoutingRecord = { readonly outcome: 'recorded' | 'superseded'; readonly decided: Decided };

const workOf = (order: Order, { revision, shipments }: Routing): readonly Work[] => {
  const nodes = [...new Set(shipments.map((shipment) => shipment.nodeId))];
  return nodes.map((nodeId) => {
    const units = shipments.filter((shipment) => shipment.nodeId === nodeId).flatMap(({ lines }) => lines);
    return {
      revision,
      nodeId,
      lines: [...sumByLine(units)].map(([lineId, quantity]) => ({ lineId, quantity })),
    };
  });
};

const leftOver = (routing: Routing): Result<readonly LineUnits[], RoutingRefusal> => {
  const planned = sumByLine(routing.shipments.flatMap(({ lines }) => lines));
  const considered = sumByLine(routing.considered);
  const exceeds = [...planned].some(([lineId, quantity]) => quantity > (considered.get(lineId) ?? 0));
  if (exceeds) return refuse({ type: 'planExceedsWhatWasConsidered' });
  return ok(
    [...considered].flatMap(([lineId, quantity]) => {
      const rest = quantity - (planned.get(lineId) ?? 0);
      return rest > 0 ? [{ lineId, quantity: rest }] : [];
    }),
  );
};

/**
 * Takes the plan of one routing: planned units become reserved, the rest of what was considered waits for stock.
 * When units that it was made for are no longer open (cancelled meanwhile) the plan is superseded as a whole: its
 * reservation is to be released, and what is open gets the next number, since that claim on stock is spent.
 * Recorded twice, it has one effect and the same answer.
 */
export const recordRouting = (
  order: Order,
  routing: Routing,
  at: Instant,
): Result<RoutingRecord, RoutingRefusal> => {
  if (routing.revision > order.revision)
    return refuse({ type: 'unknownRevision', revision: routing.revision });
  if (routing.revision < order.revision) {
    const isSuperseded = order.supersededRevisions.includes(routing.revision);
    return ok({ outcome: isSuperseded ? 'superseded' : 'recorded', decided: unchanged(order) });
  }
  const backordered = leftOver(routing);
  if (!backordered.ok) return backordered;
  const next = { ...order, revision: order.revision + 1 };
  const reserved = moveUnits(
    order.lines,
    'open',
    'reserved',
    routing.shipments.flatMap(({ lines }) => lines),
  );
  const lines = reserved.ok ? moveUnits(reserved.value, 'open', 'backordered', backordered.value) : reserved;
  if (!lines.ok) {
    // A closed order is never routed again: nothing to remember.
    if (outcomeOf(order) !== undefined) return ok({ outcome: 'superseded', decided: unchanged(order) });
    const after = { ...next, supersededRevisions: [...order.supersededRevisions, routing.revision] };
    const withdrawn: OrderFact = {
      type: 'routingWithdrawn',
      revision: routing.revision,
      reservationId: reservationIdOf(order.orderId, routing.revision),
    };
    return ok({ outcome: 'superseded', decided: settle(order, after, [withdrawn], at, 'planSuperseded') });
  }
  const work = workOf(order, routing);
  const waits = unitsIn(lines.value, 'backordered') > 0;
  const after: Order = {
    ...next,
    lines: lines.value,
    work: [...order.work, ...work],
    setAside: undefined,
    backordersEnd: backordersEndAfter(order, waits, routing.cancelAfterDays ?? null, at),
  };
  return ok({
    outcome: 'recorded',
    decided: settle(
      order,
      after,
      routingFacts(after, routing.revision, work, backordered.value),
      at,
      'openedMeanwhile',
    ),
  });
};

const routingFacts = (
  order: Order,
  revision: number,
  work: readonly Work[],
  rest: readonly LineUnits[],
): readonly OrderFact[] => {
  const backordered = withSkus(order, rest);
  const routed: OrderFact = {
    type: 'routed',
    reservationId: reservationIdOf(order.orderId, revision),
    shipments: work.map((each) => ({
      fulfilmentOrderId: workIdOf(order, each),
      nodeId: each.nodeId,
      lines: withSkus(order, each.lines),
    })),
    backordered,
  };
  return [
    ...(work.length > 0 ? [routed] : []),
    ...(backordered.length > 0 ? [{ type: 'backordered' as const, lines: backordered }] : []),
  ];
};
