import type { NodeId, ReservationId, Sku } from '../../kernel/ids.ts';
import { cellKey } from './cell.ts';
import { freeOf, type Position } from './position.ts';
import { openLines, openQuantityAt, type Reservation } from './reservation.ts';

/** A position with the free counter as it is stored: the figure that claims are checked against. */
export type StoredPosition = Position & { readonly freeUnits: number };

export type Violation = { readonly subject: string; readonly rule: string; readonly detail: string };

export type OpenReservation = {
  readonly reservationId: ReservationId;
  readonly sku: Sku;
  readonly nodeId: NodeId;
  readonly quantity: number;
};

/** The invariants of one cell: counters are whole and not negative, nothing is claimed that is not there. */
export const auditPosition = (position: StoredPosition): readonly Violation[] => {
  const { onHand, reserved, safetyStock, freeUnits } = position;
  const subject = `position ${cellKey(position)}`;
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      [onHand, reserved, safetyStock, freeUnits].every(Number.isSafeInteger),
      'counters are whole units',
      `on hand ${onHand}, reserved ${reserved}, safety stock ${safetyStock}, free ${freeUnits}`,
    ],
    [onHand >= 0, 'on hand is not negative', `on hand ${onHand}`],
    [reserved >= 0, 'reserved is not negative', `reserved ${reserved}`],
    [reserved <= onHand, 'reserved units are on hand', `reserved ${reserved} of ${onHand} on hand`],
    [
      freeUnits === freeOf(position),
      'free = on hand - reserved - safety stock',
      `free ${freeUnits}, but ${onHand} - ${reserved} - ${safetyStock}`,
    ],
  ];
  return rules.flatMap(([holds, rule, detail]) => (holds ? [] : [{ subject, rule, detail }]));
};

/** A claim that has been half made for longer than any executor lives was abandoned: nobody will finish it. */
const ABANDONED_AFTER_MS = 15 * 60_000;

export const auditReservation = (reservation: Reservation, nowMs: number): readonly Violation[] => {
  const subject = `reservation ${reservation.reservationId}`;
  const overdrawn = reservation.lines.filter(
    (line) => line.shipped < 0 || line.released < 0 || line.shipped + line.released > line.quantity,
  );
  const isHalfMade = reservation.status !== 'held' && reservation.status !== 'lost';
  const isAbandoned = isHalfMade && nowMs - Date.parse(reservation.changedAt) > ABANDONED_AFTER_MS;
  return [
    ...overdrawn.map((line) => ({
      subject,
      rule: 'a unit is shipped once or released once',
      detail: `line ${line.lineId}: ${line.shipped} shipped and ${line.released} released of ${line.quantity}`,
    })),
    ...(isAbandoned
      ? [{ subject, rule: 'a claim is made or undone', detail: `${reservation.status} since ${reservation.changedAt}` }]
      : []),
  ]; // prettier-ignore
};

/** What a reservation must be counted with in the positions: their reserved counters are the sums of these. */
export const openReservationsOf = (reservation: Reservation): readonly OpenReservation[] =>
  openLines(reservation).map((line) => ({
    reservationId: reservation.reservationId,
    sku: line.sku,
    nodeId: line.nodeId,
    quantity: openQuantityAt(reservation, reservation.lines.indexOf(line)),
  }));
