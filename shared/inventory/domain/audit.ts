import type { NodeId, Sku } from '../../kernel/ids.ts';
import { cellKey } from './cell.ts';
import type { ClaimGroup } from './claim-group.ts';
import { freeOf, type Position } from './position.ts';
import { softUnitsOf } from './soft-claims.ts';
import { openLines, openQuantityAt, type ClaimId, type Reservation } from './reservation.ts';

/** A position with the free counter as it is stored: the figure that claims are checked against. */
export type StoredPosition = Position & { readonly freeUnits: number };

export type Violation = { readonly subject: string; readonly rule: string; readonly detail: string };

export type OpenReservation = {
  readonly reservationId: ClaimId;
  readonly sku: Sku;
  readonly nodeId: NodeId;
  readonly quantity: number;
};

export const positionSubject = (cell: Pick<Position, 'sku' | 'nodeId'>): string =>
  `position ${cellKey(cell)}`;

/** A count or a write-off below what is reserved does this rightly: the cell has nothing to offer, but is not in doubt. */
const OVERCOMMITTED = 'reserved units are on hand';

/** Whether the figures themselves cannot be trusted any more, so that nothing may be promised on them. */
export const isDoubtful = ({ rule }: Violation): boolean => rule !== OVERCOMMITTED;

/** The invariants of one cell: counters are whole and not negative, nothing is claimed that is not there. */
export const auditPosition = (position: StoredPosition): readonly Violation[] => {
  const { onHand, reserved, safetyStock, quarantined, inTransit, ringFence, freeUnits } = position;
  const subject = positionSubject(position);
  const counters = { onHand, reserved, safetyStock, quarantined, inTransit, ringFence, freeUnits };
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      Object.values(counters).every(Number.isSafeInteger),
      'counters are whole units',
      Object.entries(counters)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    ],
    [onHand >= 0, 'on hand is not negative', `on hand ${onHand}`],
    [reserved >= 0, 'reserved is not negative', `reserved ${reserved}`],
    [quarantined >= 0, 'quarantined is not negative', `quarantined ${quarantined}`],
    [inTransit >= 0, 'in transit is not negative', `in transit ${inTransit}`],
    [
      (position.soft ?? []).every(({ units }) => units >= 0) && softUnitsOf(position) <= reserved,
      'baskets hold a part of what is reserved',
      `baskets hold ${softUnitsOf(position)} of ${reserved} reserved`,
    ],
    [reserved <= onHand, OVERCOMMITTED, `reserved ${reserved} of ${onHand} on hand`],
    [
      freeUnits === freeOf(position),
      'free = on hand - reserved - safety stock',
      `free ${freeUnits}, but ${onHand} - ${reserved} - ${safetyStock}`,
    ],
  ];
  return rules.flatMap(([holds, rule, detail]) => (holds ? [] : [{ subject, rule, detail }]));
};

/** The sweep comes every minute: what has expired this long ago and still counts was not swept. */
const SWEPT_WITHIN_MS = 10 * 60_000;

/** What has expired does not count, but is to be taken off as well: channels are told by that. No figure is in doubt. */
export const auditExpiry = (position: StoredPosition, nowMs: number): readonly Violation[] =>
  (position.soft ?? [])
    .filter(({ until }) => nowMs - Date.parse(until) > SWEPT_WITHIN_MS)
    .map(({ until, units }) => ({
      subject: positionSubject(position),
      rule: 'an expired claim is taken off',
      detail: `${units} units of baskets until ${until}`,
    }));

/** A claim that has been half made for longer than any executor lives was abandoned: nobody will finish it. */
const ABANDONED_AFTER_MS = 15 * 60_000;

const isAbandoned = (changedAt: string, nowMs: number): boolean =>
  nowMs - Date.parse(changedAt) > ABANDONED_AFTER_MS;

export const auditReservation = (reservation: Reservation, nowMs: number): readonly Violation[] => {
  const subject = `reservation ${reservation.reservationId}`;
  const overdrawn = reservation.lines.filter(
    (line) => line.shipped < 0 || line.released < 0 || line.shipped + line.released > line.quantity,
  );
  const isHalfMade = reservation.status !== 'held' && reservation.status !== 'lost';
  return [
    ...overdrawn.map((line) => ({
      subject,
      rule: 'a unit is shipped once or released once',
      detail: `line ${line.lineId}: ${line.shipped} shipped and ${line.released} released of ${line.quantity}`,
    })),
    ...(isHalfMade && isAbandoned(reservation.changedAt, nowMs)
      ? [{ subject, rule: 'a claim is made or undone', detail: `${reservation.status} since ${reservation.changedAt}` }]
      : []),
  ]; // prettier-ignore
};

export const auditGroup = (group: ClaimGroup, nowMs: number): readonly Violation[] =>
  group.status === 'open' && isAbandoned(group.changedAt, nowMs)
    ? [
        {
          subject: `group ${group.groupId}`,
          rule: 'a group of claims is counted',
          detail: `${group.claims.length} claims on ${cellKey(group.cell)} open since ${group.changedAt}`,
        },
      ]
    : [];

/** What a reservation must be counted with in the positions: their reserved counters are the sums of these. */
export const openReservationsOf = (reservation: Reservation): readonly OpenReservation[] =>
  openLines(reservation).map((line) => ({
    reservationId: reservation.reservationId,
    sku: line.sku,
    nodeId: line.nodeId,
    quantity: openQuantityAt(reservation, reservation.lines.indexOf(line)),
  }));
