import type { Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CellChange } from '../ledger-entry.ts';
import { changed, unchanged, type SupplyDecision, type SupplyRefusal } from './supply-decision.ts';
import { isOpen, outstandingOf, type SupplyOrder } from './supply-order.ts';

/** `cancelled`: before any unit has moved. `short`: the rest will not come, and why. */
export type Closure = { readonly outcome: 'cancelled' | 'short'; readonly reason: string };

/** Units that left their origin and never arrived leave the books under a name of their own. */
const lossesOf = (order: SupplyOrder, reason: string, actor: string): readonly CellChange[] =>
  order.lines
    .filter((line) => order.status === 'inTransit' && outstandingOf(order, line) > 0)
    .map((line) => ({
      cell: { sku: line.sku, nodeId: order.nodeId },
      guard: { type: 'covered' },
      movements: [
        {
          movementId: `transferLoss:${order.supplyId}`,
          kind: 'transferLoss',
          onHandDelta: 0,
          reservedDelta: 0,
          inTransitDelta: -outstandingOf(order, line),
          document: order.supplyId,
          actor,
          reason,
        },
      ],
    }));

/** Ends an order, so that nothing more is expected under it. Ending it again in the same way changes nothing. */
export const closeSupply = (
  order: SupplyOrder,
  { outcome, reason }: Closure,
  actor: string,
  at: Instant,
): Result<SupplyDecision, SupplyRefusal> => {
  if (order.status === outcome) return ok(unchanged(order));
  if (!isOpen(order)) return refuse({ type: 'notOpen', status: order.status });
  const hasMoved = order.status === 'inTransit' || order.lines.some(({ received }) => received > 0);
  if (outcome === 'cancelled' && hasMoved) return refuse({ type: 'unitsHaveMoved' });
  if (outcome === 'short' && order.kind === 'transfer' && !hasMoved) return refuse({ type: 'notDeparted' });
  const lines =
    outcome === 'cancelled'
      ? order.lines
      : order.lines.map((line) => ({ ...line, missing: outstandingOf(order, line) }));
  return ok(changed(order, { ...order, status: outcome, reason, lines }, lossesOf(order, reason, actor), at));
};
