import { isBasketReservationId, isReservationId } from '../../kernel/ids.ts';
import { auditPosition, positionSubject, type StoredPosition, type Violation } from './audit.ts';
import { isSameCell, type Cell } from './cell.ts';
import type { ClaimGroup } from './claim-group.ts';
import type { Movement } from './ledger-entry.ts';
import { emptyPosition, freeOf, type Counters, type Position } from './position.ts';
import { openQuantityAt, type ClaimId, type Reservation } from './reservation.ts';

/** What one claim counts at the cell: `open` by its own document, `moved` by the cell's movements. */
export type ClaimAtCell = {
  readonly reservationId: ClaimId;
  readonly open: number;
  readonly moved: number;
};

/** All that is known of one cell, read while nothing of it changed. */
export type CellEvidence = {
  readonly cell: Cell;
  readonly position: StoredPosition | undefined;
  /** Why the stored position cannot be read, when it cannot. */
  readonly positionProblem: string | undefined;
  /** Changes of the position that are counted on it; 0: there is none. */
  readonly version: number;
  /** What its movements add up to. */
  readonly history: Counters;
  readonly claims: readonly ClaimAtCell[];
  /** Movements and claims of the cell that cannot be read, and why. */
  readonly unreadable: readonly string[];
};

const GROUP = 'group ';
const CLAIM_MOVEMENT = /^(?:reserve|release|ship|write-off|swap):(?<id>.+):\d+$/;

/** The group that a movement has counted, if it is that of a group. */
export const groupCountedBy = ({ document }: Movement): string | undefined =>
  document?.startsWith(GROUP) === true ? document.slice(GROUP.length) : undefined;

/** The claim that a movement begins or ends, if it is that of a single claim. */
export const claimMovedBy = ({ movementId }: Movement): ClaimId | undefined => {
  const id = CLAIM_MOVEMENT.exec(movementId)?.groups?.['id'];
  return id !== undefined && (isReservationId(id) || isBasketReservationId(id)) ? id : undefined;
};

/** Whether the cell has taken the claim off with all that expired up to then: its own document need not know. */
export const hasLapsedAt = (
  { softUntil }: Reservation,
  position: Pick<Position, 'lapsedTo'> | undefined,
): boolean => softUntil !== undefined && softUntil <= (position?.lapsedTo ?? '');

/**
 * Units of the claim that count at the cell. A claim whose group is counted counts, though nobody has told it yet; the
 * telling changes no position.
 */
export const openUnitsAt = (
  reservation: Reservation,
  cell: Cell,
  groups: ReadonlyMap<string, ClaimGroup>,
): number => {
  const group = reservation.status === 'grouped' ? groups.get(reservation.groupId ?? '') : undefined;
  const counts = group?.status === 'counted' && !group.refused.includes(reservation.reservationId);
  return reservation.lines.reduce((sum, line, index) => {
    if (!isSameCell(line, cell)) return sum;
    return sum + (counts ? line.quantity : openQuantityAt(reservation, index));
  }, 0);
};

export const claimedUnits = ({ claims }: Pick<CellEvidence, 'claims'>): number =>
  claims.reduce((sum, { open }) => sum + open, 0);

const COUNTERS = [
  ['onHand', 'on hand'],
  ['reserved', 'reserved'],
  ['safetyStock', 'safety stock'],
  ['quarantined', 'quarantined'],
  ['inTransit', 'in transit'],
  ['ringFence', 'ring-fence'],
] as const;

/** Named at most, in a sentence that a person reads. */
const CULPRITS = 5;

const culpritsOf = (claims: readonly ClaimAtCell[]): string => {
  const culprits = claims.filter(({ open, moved }) => open !== moved);
  const named = culprits
    .slice(0, CULPRITS)
    .map(({ reservationId, open, moved }) => `${reservationId} holds ${open}, moved ${moved}`);
  const others = culprits.length - named.length;
  return named.length === 0 ? '' : `: ${named.join('; ')}${others > 0 ? `; and ${others} more` : ''}`;
};

/** Everything that is wrong with the cell: its own figures, its history, the claims on it. */
export const auditCell = (evidence: CellEvidence): readonly Violation[] => {
  const { cell, history, claims } = evidence;
  const subject = positionSubject(cell);
  const unreadable = [
    ...[evidence.positionProblem].flatMap((problem) => problem ?? []),
    ...evidence.unreadable,
  ];
  if (unreadable.length > 0)
    return unreadable.map((detail) => ({ subject, rule: 'every entry can be read', detail }));
  const position = evidence.position ?? { ...emptyPosition(cell), freeUnits: freeOf(emptyPosition(cell)) };
  const unexplained = COUNTERS.filter(([counter]) => position[counter] !== history[counter]);
  const claimed = claimedUnits(evidence);
  return [
    ...auditPosition(position),
    ...unexplained.map(([counter, name]) => ({
      subject,
      rule: 'movements add up to the counters',
      detail: `${name} ${position[counter]}, but its movements add up to ${history[counter]}`,
    })),
    ...(position.reserved === claimed
      ? []
      : [
          {
            subject,
            rule: 'reserved = open claims',
            detail: `reserved ${position.reserved}, but the open claims add up to ${claimed}${culpritsOf(claims)}`,
          },
        ]),
  ];
};
