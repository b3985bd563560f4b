import type { BasketReservationId, OrderId } from '../../kernel/ids.ts';
import { BrokenInvariant, ok, refuse, type Result } from '../../kernel/result.ts';
import { openUnitsOf, releaseBasket } from '../domain/basket-claim.ts';
import { basketStatus, type BasketStatus } from '../domain/basket-state.ts';
import { closeClaim } from '../domain/claim-plan.ts';
import type { Reservation } from '../domain/reservation.ts';
import { BASKET_ATTEMPTS, expireBasket, type BasketDeps } from './bind-basket.ts';
import type { makeReleaseReservation } from './release-reservation.ts';

export type BasketRefusal =
  | { readonly type: 'unknownReservation' }
  | { readonly type: 'belongsToOrder'; readonly orderId: OrderId }
  | { readonly type: 'hasEnded'; readonly status: BasketStatus };

type Deps = BasketDeps & { readonly releaseReservation: ReturnType<typeof makeReleaseReservation> };

/** Ends a soft claim, whoever else is about to. Answers with what it finds then: ended, an order's, or nothing at all. */
const endSoft = async (deps: Deps, basketId: BasketReservationId): Promise<Reservation | undefined> => {
  let hasLapsed = false;
  for (let attempt = 0; attempt < BASKET_ATTEMPTS; attempt += 1) {
    const found = await deps.ledger.findReservation(basketId);
    const status = found && basketStatus(found, deps.now());
    const isSoft = status === 'held' || status === 'expired';
    if (found === undefined || !isSoft || openUnitsOf(found).length === 0) return found;
    if (hasLapsed || status === 'expired') {
      if (await expireBasket(deps, found)) return found;
      continue;
    }
    const entry = releaseBasket(found, deps.now());
    const written = await deps.ledger.commit(entry);
    if (written.ok) return entry.reservation.after;
    hasLapsed = !written.refusal.reservationMoved;
  }
  throw new BrokenInvariant(`basket ${basketId} never stands still`);
};

/** The shop gives a basket's units back. Asked twice, it has one effect; what is an order's already is refused. */
export const makeReleaseBasket =
  (deps: Deps) =>
  async (basketId: BasketReservationId): Promise<Result<Reservation, BasketRefusal>> => {
    const ended = await endSoft(deps, basketId);
    if (ended === undefined) return refuse({ type: 'unknownReservation' });
    return ended.orderId === undefined || basketStatus(ended, deps.now()) !== 'bound'
      ? ok(ended)
      : refuse({ type: 'belongsToOrder', orderId: ended.orderId });
  };

/**
 * The order has ended: whatever its basket still holds is free, and nothing is claimed for it any more, not even by a
 * claim that arrives later. A basket of another order is left alone.
 */
export const makeFreeBasket =
  (deps: Deps) =>
  async (basketId: BasketReservationId, orderId: OrderId): Promise<void> => {
    for (let attempt = 0; attempt < BASKET_ATTEMPTS; attempt += 1) {
      const ended = await endSoft(deps, basketId);
      if (ended?.orderId === orderId) {
        await deps.releaseReservation({ reservationId: basketId, cause: 'cancelled' });
        return;
      }
      if (ended !== undefined) return;
      if ((await deps.ledger.commit(closeClaim(basketId, undefined, deps.now()))).ok) return;
    }
    throw new BrokenInvariant(`basket ${basketId} never stands still`);
  };
