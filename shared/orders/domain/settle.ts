import { reservationIdOf } from '../../kernel/derive-ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { OrderFact, SourcingReason } from './facts.ts';
import { moveAll, unitsIn } from './move-units.ts';
import type { Order } from './order.ts';
import { outcomeOf } from './status.ts';

/** The order after a decision and what is to be told; `facts` may be empty, the order then still differs. */
export type Change = { readonly changed: true; readonly order: Order; readonly facts: readonly OrderFact[] };
/** The decision had been taken before, or asks for nothing: there is nothing to store. */
export type Unchanged = { readonly changed: false; readonly order: Order };
export type Decided = Change | Unchanged;

export const unchanged = (order: Order): Unchanged => ({ changed: false, order });

/** What becomes of the basket that the order was; nothing for an order that was none. */
export const basketFacts = (
  { basketReservationId }: Pick<Order, 'basketReservationId'>,
  type: 'basketBound' | 'basketFreed',
): readonly OrderFact[] => (basketReservationId === undefined ? [] : [{ type, basketReservationId }]);

/**
 * Open units may be on their way to nodes: a routing may have reserved them and died before it could say so. When the
 * last of them is taken away that routing is withdrawn: its number is spent, and whatever it holds is to be released.
 */
const isWithdrawn = (before: Order, after: Order): boolean =>
  before.revision === after.revision &&
  unitsIn(before.lines, 'open') > 0 &&
  unitsIn(after.lines, 'open') === 0;

const withdrawn = (order: Order): Order => ({
  ...order,
  revision: order.revision + 1,
  supersededRevisions: [...order.supersededRevisions, order.revision],
});

/**
 * Ends every decision alike: under a pending cancellation what is open or backordered is cancelled; units that are
 * open for `reason` are announced for routing, unless the order is on hold; a routing that has lost its units is withdrawn; an order that
 * needs nothing more is closed.
 */
export const settle = (
  before: Order,
  after: Order,
  facts: readonly OrderFact[],
  at: Instant,
  reason?: SourcingReason,
): Change => {
  const lines =
    after.cancellation === undefined
      ? after.lines
      : moveAll(moveAll(after.lines, 'open', 'cancelled'), 'backordered', 'cancelled');
  const settled: Order = { ...after, lines, version: before.version + 1, updatedAt: at };
  const order = isWithdrawn(before, settled) ? withdrawn(settled) : settled;
  const ends: OrderFact[] = [];
  if (order !== settled) {
    const { orderId, revision } = settled;
    ends.push({ type: 'routingWithdrawn', revision, reservationId: reservationIdOf(orderId, revision) });
  }
  if (reason !== undefined && unitsIn(lines, 'open') > 0 && order.holds.length === 0) {
    ends.push({ type: 'needsSourcing', orderType: order.orderType, revision: order.revision, reason });
  }
  const outcome = outcomeOf(order);
  if (outcome !== undefined && outcomeOf(before) === undefined) {
    ends.push({ type: 'closed', outcome, reason: order.cancellation?.reason });
    ends.push(...basketFacts(order, 'basketFreed'));
  }
  return { changed: true, order, facts: [...facts, ...ends] };
};
