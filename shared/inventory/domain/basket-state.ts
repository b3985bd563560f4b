import type { OrderId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { openUnitsOf, type CellUnits } from './basket-claim.ts';
import { openLines, type Reservation } from './reservation.ts';
import { hasExpired } from './soft-claims.ts';

/**
 * - `held`: its units are kept until it expires;
 * - `bound`: they are an order's now, and stay until that is routed or ends;
 * - `expired`, `released`, `replaced`: nothing of it is held any more: by the clock, given back, or exchanged for the
 *   allocation of its order.
 */
export type BasketStatus = 'held' | 'bound' | 'expired' | 'released' | 'replaced';

/** What a basket holds that this order may use: it is the order's, or nobody's yet. */
export const unitsKeptFor = (basket: Reservation, orderId: OrderId, at: Instant): readonly CellUnits[] => {
  const status = basketStatus(basket, at);
  return status === 'held' || (status === 'bound' && basket.orderId === orderId) ? openUnitsOf(basket) : [];
};

export const basketStatus = (basket: Reservation, at: Instant): BasketStatus => {
  const isOpen = openLines(basket).length > 0;
  const ending = basket.settlements[0];
  if (basket.softUntil !== undefined && isOpen) return hasExpired(basket.softUntil, at) ? 'expired' : 'held';
  // All of it may be exchanged for a plan that is not held yet.
  if (isOpen || (basket.orderId !== undefined && ending === undefined)) return 'bound';
  if (ending?.cause === 'superseded') return 'replaced';
  const isLate = basket.softUntil !== undefined && hasExpired(basket.softUntil, ending?.at ?? at);
  return isLate ? 'expired' : 'released';
};
