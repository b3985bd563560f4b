import type { BasketReservationId } from '../../kernel/ids.ts';
import { BrokenInvariant, ok, refuse, type Result } from '../../kernel/result.ts';
import { extendBasket } from '../domain/basket-claim.ts';
import { basketStatus } from '../domain/basket-state.ts';
import type { Reservation } from '../domain/reservation.ts';
import { expiryAfter } from '../domain/soft-claims.ts';
import { BASKET_ATTEMPTS, type BasketDeps } from './bind-basket.ts';
import type { BasketRefusal } from './free-basket.ts';

/** Keeps a basket's units for so many minutes from now; never shorter than it was said before. */
export const makeExtendBasket =
  ({ ledger, now }: BasketDeps) =>
  async (basketId: BasketReservationId, minutes: number): Promise<Result<Reservation, BasketRefusal>> => {
    for (let attempt = 0; attempt < BASKET_ATTEMPTS; attempt += 1) {
      const found = await ledger.findReservation(basketId);
      if (found === undefined) return refuse({ type: 'unknownReservation' });
      const at = now();
      const status = basketStatus(found, at);
      if (status === 'bound' && found.orderId !== undefined)
        return refuse({ type: 'belongsToOrder', orderId: found.orderId });
      if (status !== 'held') return refuse({ type: 'hasEnded', status });
      const until = expiryAfter(at, minutes);
      if (found.softUntil !== undefined && until <= found.softUntil) return ok(found);
      const entry = extendBasket(found, until, at);
      const written = await ledger.commit(entry);
      if (written.ok) return ok(entry.reservation.after);
      // By another executor's clock it had expired, and that one was first.
      if (!written.refusal.reservationMoved) return refuse({ type: 'hasEnded', status: 'expired' });
    }
    throw new BrokenInvariant(`basket ${basketId} never stands still`);
  };

/** What a basket holds, and until when. */
export const makeReadBasket =
  ({ ledger }: { readonly ledger: Pick<BasketDeps['ledger'], 'findReservation'> }) =>
  async (basketId: BasketReservationId): Promise<Result<Reservation, BasketRefusal>> => {
    const found = await ledger.findReservation(basketId);
    return found === undefined ? refuse({ type: 'unknownReservation' }) : ok(found);
  };
