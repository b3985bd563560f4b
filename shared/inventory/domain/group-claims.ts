import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { cellKey, type Cell } from './cell.ts';
import type { ClaimGroup } from './claim-group.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { ClaimId, Reservation } from './reservation.ts';

/** Reservations of one group: DynamoDB takes 100 actions in one transaction, and the group is one of them. */
export const CLAIMS_PER_GROUP = 98;
/** Groups that are counted with one write of the position: it and its movement are two of the 100 actions. */
export const GROUPS_PER_COUNT = 98;

/** The only cell of a plan that can be claimed in a group; a plan over several cells takes the ordinary path. */
export const onlyCellOf = (reservation: Pick<Reservation, 'lines'>): Cell | undefined => {
  const [first, ...others] = reservation.lines;
  return first !== undefined && others.every((line) => cellKey(line) === cellKey(first))
    ? { sku: first.sku, nodeId: first.nodeId }
    : undefined;
};

const quantityOf = (reservation: Reservation): number =>
  reservation.lines.reduce((sum, line) => sum + line.quantity, 0);

/** Says that a claim waits to be grouped. It counts nothing yet; its document keeps it from being made twice. */
export const askForGroup = (draft: Reservation, at: Instant) => {
  const after: Reservation = { ...draft, status: 'waiting', version: draft.version + 1, changedAt: at };
  const expectedVersion = draft.version === 0 ? undefined : draft.version;
  return { at, changes: [], reservation: { expectedVersion, after } };
};

/** Forms a group of waiting claims on one cell. Each of them is in one group at most: its version sees to that. */
export const formGroup = (
  groupId: string,
  cell: Cell,
  waiting: readonly Reservation[],
  at: Instant,
): { readonly entry: LedgerEntry; readonly group: ClaimGroup } => {
  const claims = waiting.map((reservation) => ({
    reservationId: reservation.reservationId,
    quantity: quantityOf(reservation),
  }));
  const group: ClaimGroup = { groupId, cell, status: 'open', claims, refused: [], changedAt: at };
  const members = waiting.map((reservation) => ({
    expectedVersion: reservation.version,
    after: {
      ...reservation,
      status: 'grouped' as const,
      groupId,
      version: reservation.version + 1,
      changedAt: at,
    },
  }));
  return { group, entry: { at, changes: [], groups: [{ expected: 'absent', after: group }], members } };
};

/** Admits claims in their order as long as they fit; a smaller one behind one that does not fit still may. */
const admit = (groups: readonly ClaimGroup[], free: number) => {
  let left = free;
  const decided = groups.map((group) => {
    const refused: ClaimId[] = [];
    for (const { reservationId, quantity } of group.claims) {
      if (quantity <= left) left -= quantity;
      else refused.push(reservationId);
    }
    return { ...group, status: 'counted' as const, refused };
  });
  return { decided, units: free - left };
};

/**
 * Counts open groups of one cell with one change of its position. `free` is what was free when last looked; the guard
 * decides.
 */
export const countGroups = (
  groups: readonly ClaimGroup[],
  free: number,
  at: Instant,
): { readonly entry: LedgerEntry; readonly counted: readonly ClaimGroup[] } => {
  const [first] = groups;
  if (first === undefined) throw new BrokenInvariant('there is no group to count');
  const { decided, units } = admit(groups, Math.max(0, free));
  const alongside = decided.slice(1).map(({ groupId }) => groupId);
  const counted = decided.map((group, index) => ({
    ...group,
    ...(index === 0 && alongside.length > 0 ? { alongside } : {}),
    changedAt: at,
  }));
  const movement = {
    movementId: `reserve:group:${first.groupId}`,
    kind: 'reserve' as const,
    onHandDelta: 0,
    reservedDelta: units,
    document: `group ${first.groupId}`,
    actor: 'routing',
    reason: `${groups.length} groups of claims`,
  };
  return {
    counted,
    entry: {
      at,
      changes:
        units === 0
          ? []
          : [{ cell: first.cell, movements: [movement], guard: { type: 'free', atLeast: units } }],
      groups: counted.map((after) => ({ expected: 'open' as const, after })),
    },
  };
};

/** What a counted group means for its member: held, or lost and free to be tried elsewhere. */
export const concludeClaim = (reservation: Reservation, group: ClaimGroup, at: Instant) => {
  const isRefused = group.refused.includes(reservation.reservationId);
  const { groupId: _, ...rest } = reservation;
  const after: Reservation = {
    ...rest,
    status: isRefused ? 'lost' : 'held',
    claimed: isRefused ? 0 : reservation.lines.length,
    version: reservation.version + 1,
    changedAt: at,
  };
  return { expectedVersion: reservation.version, after };
};
