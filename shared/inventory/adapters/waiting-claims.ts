import type { ClaimId } from '../domain/reservation.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import { readItem } from './readable-items.ts';
import { reservationFrom } from './stock-items.ts';

/** The claims among a table's changes that wait to be made together. One that cannot be read is the watchdog's to find. */
export const waitingClaimsIn = (changes: readonly TableChange[]): readonly ClaimId[] =>
  changes.flatMap(({ after }) => {
    if (after?.['entity'] !== 'reservation' || after['status'] !== 'waiting') return [];
    const claim = readItem(after, reservationFrom);
    return claim.ok ? [claim.value.reservationId] : [];
  });
