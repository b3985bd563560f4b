import type { Instant } from '../../kernel/instant.ts';
import { contentOf, moveAll } from './move-units.ts';
import { withSkus, type Order } from './order.ts';
import { settle, unchanged, type Decided } from './settle.ts';
import { outcomeOf } from './status.ts';

const DAY_MS = 86_400_000;

/**
 * When the units that a routing leaves to be backordered give up. Those that went back into routing and found nothing
 * do not begin to wait anew; once nothing has been left waiting, the next backorder has its own days.
 */
export const backordersEndAfter = (
  order: Order,
  leavesBackorders: boolean,
  days: number | null,
  at: Instant,
): Instant | undefined => {
  if (!leavesBackorders) return undefined;
  if (order.backordersEnd !== undefined || days === null) return order.backordersEnd;
  return new Date(Date.parse(at) + days * DAY_MS).toISOString();
};

/**
 * Cancels the units that are backordered at the end of their days, and no others: units that are being routed or are
 * at a node are left where they are. Unchanged before that moment, and when nothing waits.
 */
export const endBackorders = (order: Order, at: Instant): Decided => {
  const lines = contentOf(order.lines, 'backordered');
  if (order.backordersEnd === undefined || order.backordersEnd > at || lines.length === 0)
    return unchanged(order);
  const after: Order = {
    ...order,
    lines: moveAll(order.lines, 'backordered', 'cancelled'),
    backordersEnd: undefined,
  };
  const reason = 'backorderEnded';
  const settled = settle(
    order,
    after,
    [{ type: 'unitsCancelled', reason, lines: withSkus(order, lines) }],
    at,
  );
  // An order that nobody has cancelled as a whole has no reason of its own for having ended so.
  return outcomeOf(settled.order) !== 'cancelled' || order.cancellation !== undefined
    ? settled
    : {
        ...settled,
        facts: settled.facts.map((fact) => (fact.type === 'closed' ? { ...fact, reason } : fact)),
      };
};
