import { openUnitsOf } from '../domain/basket-claim.ts';
import type { Plan } from '../domain/claim-plan.ts';
import type { Reservation } from '../domain/reservation.ts';
import { makeBindBasket, type BasketDeps } from './bind-basket.ts';
import type { makeReleaseReservation } from './release-reservation.ts';

/** What a claim does about the basket of its order; nothing, and without a call, for an order that had none. */
export type BasketSwap = {
  /** The basket's claim, bound to the order, if there is anything to exchange. */
  readonly take: (plan: Plan) => Promise<Reservation | undefined>;
  /** Releases what the plan's transactions had no room for. */
  readonly giveBackRest: (basket: Reservation | undefined) => Promise<void>;
};

export const makeBasketSwap = (
  deps: BasketDeps & { readonly releaseReservation: ReturnType<typeof makeReleaseReservation> },
): BasketSwap => {
  const bindBasket = makeBindBasket(deps);
  return {
    take: async ({ basketId, orderId }) =>
      basketId === undefined ? undefined : bindBasket({ basketId, orderId, again: false }),
    giveBackRest: async (basket) => {
      if (basket === undefined || openUnitsOf(basket).length === 0) return;
      await deps.releaseReservation({ reservationId: basket.reservationId, cause: 'superseded' });
    },
  };
};
