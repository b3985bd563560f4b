import type { BasketReservationId, OrderId } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { bindBasket, claimBasketAgain, closeExpired, openUnitsOf } from '../domain/basket-claim.ts';
import { basketStatus } from '../domain/basket-state.ts';
import { closeClaim } from '../domain/claim-plan.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { LedgerOfNow } from './ledger-of-now.ts';
import type { Clock } from './ports.ts';

export type BasketDeps = { readonly ledger: LedgerOfNow; readonly now: Clock };

/** Others may move the basket meanwhile; so often in a row only if something is wrong. */
export const BASKET_ATTEMPTS = 20;

const lapseBasket = (ledger: LedgerOfNow, basket: Reservation): Promise<number> =>
  ledger.lapse(
    openUnitsOf(basket).map(({ cell }) => cell),
    basket.softUntil,
  );

/**
 * Takes the expired claim off its cells and closes it: whoever comes later finds that it has ended. False when somebody
 * else has moved it meanwhile.
 */
export const expireBasket = async ({ ledger, now }: BasketDeps, basket: Reservation): Promise<boolean> => {
  await lapseBasket(ledger, basket);
  return (await ledger.commit(closeExpired(basket, now()))).ok;
};

/**
 * Makes the basket's claim the order's: it expires no more. Answers with it as far as the order may use it; undefined
 * when there is nothing to use: it has ended, another order has it, or it never was (a claim that arrives so late is
 * refused from now on). `again`: what has expired is claimed once more if it is still free.
 */
export const makeBindBasket =
  (deps: BasketDeps) =>
  async (command: {
    readonly basketId: BasketReservationId;
    readonly orderId: OrderId;
    readonly again: boolean;
  }): Promise<Reservation | undefined> => {
    const { ledger, now } = deps;
    const { basketId, orderId } = command;
    let hasLapsed = false;
    for (let attempt = 0; attempt < BASKET_ATTEMPTS; attempt += 1) {
      const found = await ledger.findReservation(basketId);
      if (found === undefined) {
        const marked = await ledger.commit(closeClaim(basketId, undefined, now()));
        if (marked.ok) return undefined;
        continue;
      }
      const status = hasLapsed && found.softUntil !== undefined ? 'expired' : basketStatus(found, now());
      if (status === 'bound') return found.orderId === orderId ? found : undefined;
      if (status === 'held') {
        const entry = bindBasket(found, orderId, now());
        const written = await ledger.commit(entry);
        if (written.ok) return entry.reservation.after;
        // By another executor's clock it had expired, and that one was first.
        hasLapsed = !written.refusal.reservationMoved;
        continue;
      }
      if (status !== 'expired' || openUnitsOf(found).length === 0) return undefined;
      if (command.again) {
        await lapseBasket(ledger, found);
        const entry = claimBasketAgain(found, orderId, now());
        const written = await ledger.commit(entry);
        if (written.ok) return entry.reservation.after;
        if (written.refusal.reservationMoved) continue;
      }
      await expireBasket(deps, found);
    }
    throw new BrokenInvariant(`basket ${basketId} never stands still`);
  };
