import type { ClaimId } from '../domain/reservation.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import { reservationFrom } from './stock-items.ts';

/** The claims among a table's changes that wait to be made together. */
export const waitingClaimsIn = (changes: readonly TableChange[]): readonly ClaimId[] =>
  changes.flatMap(({ after }) =>
    after?.['entity'] === 'reservation' && after['status'] === 'waiting'
      ? [reservationFrom(after).reservationId]
      : [],
  );
