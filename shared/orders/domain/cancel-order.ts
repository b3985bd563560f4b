import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { OrderFact } from './facts.ts';
import { workIdOf, type Order } from './order.ts';
import { settle, unchanged, type Decided } from './settle.ts';
import { outcomeOf } from './status.ts';

export type CancelRefusal = { readonly type: 'alreadyShipped' };

/**
 * Cancels what has not shipped: open and backordered units at once, reserved ones as their nodes confirm. Asked twice,
 * it has one effect. Refused when nothing is left that could be cancelled.
 */
export const requestCancellation = (
  order: Order,
  reason: string,
  at: Instant,
): Result<Decided, CancelRefusal> => {
  if (order.cancellation !== undefined) return ok(unchanged(order));
  const outcome = outcomeOf(order);
  if (outcome !== undefined)
    return outcome === 'cancelled' ? ok(unchanged(order)) : refuse({ type: 'alreadyShipped' });
  const atNodes = order.work.filter((work) => work.outcome === undefined);
  const facts: readonly OrderFact[] =
    atNodes.length === 0
      ? []
      : [
          {
            type: 'cancellationRequested',
            reason,
            fulfilmentOrderIds: atNodes.map((work) => workIdOf(order, work)),
          },
        ];
  return ok(settle(order, { ...order, cancellation: { reason, at } }, facts, at));
};
