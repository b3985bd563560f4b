import { BrokenInvariant } from '../../kernel/result.ts';
import { undoNext } from '../domain/claim-plan.ts';
import type { Reservation } from '../domain/reservation.ts';
import { CELLS_PER_SWAP, returnToBasket } from '../domain/swap-basket.ts';
import type { Clock, StockLedger } from './ports.ts';

type Deps = { readonly ledger: StockLedger; readonly now: Clock };

const nextEntry = async ({ ledger, now }: Deps, claim: Reservation) => {
  const at = now();
  const basket = claim.basketId === undefined ? undefined : await ledger.findReservation(claim.basketId);
  if (basket === undefined) return undoNext(claim, ledger.cellsPerEntry, at);
  const limit = Math.min(ledger.cellsPerEntry, CELLS_PER_SWAP);
  return returnToBasket(undoNext(claim, limit, at), basket, at).entry;
};

/**
 * Gives back what a half made claim has taken, to the order's basket what it had; whoever moves the claim meanwhile
 * has taken the work over.
 */
export const undoClaim = async (deps: Deps, from: Reservation): Promise<void> => {
  let current = from;
  while (current.status === 'claiming' || current.status === 'undoing') {
    const entry = await nextEntry(deps, current);
    const written = await deps.ledger.commit(entry);
    if (written.ok) current = entry.reservation.after;
    else if (written.refusal.reservationMoved) return;
    else if (written.refusal.moved.length === 0)
      throw new BrokenInvariant(`claimed units of ${from.reservationId} are not in their positions`);
  }
};
