import type { StoredPosition } from '../domain/audit.ts';
import type { Cell } from '../domain/cell.ts';
import type { ClaimGroup } from '../domain/claim-group.ts';
import { deltasOf } from '../domain/ledger-entry.ts';
import { NO_UNITS, type Counters } from '../domain/position.ts';
import {
  auditCell,
  claimMovedBy,
  groupCountedBy,
  hasLapsedAt,
  openUnitsAt,
  type CellEvidence,
} from '../domain/prove-cell.ts';
import type { ClaimId } from '../domain/reservation.ts';
import { addCounters } from '../domain/trial-balance.ts';
import type { Books, ProvenCell } from './books-ports.ts';
import type { DatedMovement, StockLedger } from './ports.ts';

export type ProveCellDeps = {
  readonly books: Pick<Books, 'readPosition' | 'readMovements' | 'readReservations'>;
  readonly ledger: Pick<StockLedger, 'findGroups'>;
  /** Waits a little before a cell that changed is read again. */
  readonly pause: (attempt: number) => Promise<void>;
};

export type ReadCell =
  | {
      readonly isSettled: true;
      readonly evidence: CellEvidence;
      readonly lastMovements: readonly DatedMovement[];
    }
  | { readonly isSettled: false };

const ATTEMPTS = 6;
const PAGE = 1_000;
/** Movements that are shown to whoever wants to understand a cell. */
const LAST_MOVEMENTS = 10;

type History = {
  readonly sums: Counters;
  /** Units that each claim has begun and not ended, by the movements. */
  readonly moved: ReadonlyMap<ClaimId, number>;
  readonly unreadable: readonly string[];
  readonly lastMovements: readonly DatedMovement[];
};

/** The groups that the cell's movements have counted: a movement names one, and that one those beside it. */
const countedGroups = async (
  ledger: ProveCellDeps['ledger'],
  named: readonly string[],
): Promise<readonly ClaimGroup[]> => {
  const first = await ledger.findGroups(named);
  const beside = await ledger.findGroups(first.flatMap(({ alongside }) => alongside ?? []));
  return [...first, ...beside];
};

/** Adds up a cell's history: its counters, and what each claim has moved. */
const readHistory = async ({ books, ledger }: ProveCellDeps, cell: Cell): Promise<History> => {
  let sums: Counters = NO_UNITS;
  const moved = new Map<ClaimId, number>();
  const note = (claim: ClaimId, units: number): void => {
    const all = (moved.get(claim) ?? 0) + units;
    if (all === 0) moved.delete(claim);
    else moved.set(claim, all);
  };
  const groupIds: string[] = [];
  const unreadable: string[] = [];
  const lastMovements: DatedMovement[] = [];
  let cursor: string | undefined;
  do {
    const page = await books.readMovements(cell, { limit: PAGE, cursor });
    for (const movement of page.movements) {
      sums = addCounters(sums, deltasOf({ movements: [movement] }));
      const claim = claimMovedBy(movement);
      if (claim !== undefined) note(claim, movement.reservedDelta);
      groupIds.push(...[groupCountedBy(movement)].flatMap((group) => group ?? []));
    }
    lastMovements.push(...page.movements.slice(0, LAST_MOVEMENTS - lastMovements.length));
    unreadable.push(...page.unreadable);
    cursor = page.cursor;
  } while (cursor !== undefined);
  for (const { claims, refused } of await countedGroups(ledger, groupIds)) {
    for (const { reservationId, quantity } of claims) {
      if (!refused.includes(reservationId)) note(reservationId, quantity);
    }
  }
  return { sums, moved, unreadable, lastMovements };
};

const claimsAt = async (
  { books, ledger }: ProveCellDeps,
  cell: Cell,
  position: StoredPosition | undefined,
  suspected: readonly ClaimId[],
  moved: ReadonlyMap<ClaimId, number>,
): Promise<Pick<CellEvidence, 'claims' | 'unreadable'>> => {
  const ids = [...new Set([...suspected, ...moved.keys()])];
  const { reservations, unreadable } = await books.readReservations(ids);
  const groupIds = [...new Set(reservations.flatMap(({ groupId }) => groupId ?? []))];
  const groups = new Map((await ledger.findGroups(groupIds)).map((group) => [group.groupId, group]));
  const open = new Map(
    reservations.map((reservation) => [reservation.reservationId, openUnitsAt(reservation, cell, groups)]),
  );
  const lapsed = new Set(
    reservations.filter((claim) => hasLapsedAt(claim, position)).map(({ reservationId }) => reservationId),
  );
  const claims = ids
    .filter((reservationId) => !lapsed.has(reservationId))
    .map((reservationId) => ({
      reservationId,
      open: open.get(reservationId) ?? 0,
      moved: moved.get(reservationId) ?? 0,
    }))
    .filter((claim) => claim.open !== 0 || claim.moved !== 0);
  return { claims, unreadable };
};

type Stored = Awaited<ReturnType<Books['readPosition']>>;

const isSame = (a: Stored, b: Stored): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Reads the cell, its history and the claims on it consistently, and the cell once more: everything that changes what
 * counts at a cell changes its version in the same transaction, so what lies between two equal readings is one moment.
 * `suspected` are claims that are said to count here, whether or not a movement knows them.
 */
export const makeReadCell =
  (deps: ProveCellDeps) =>
  async (cell: Cell, suspected: readonly ClaimId[]): Promise<ReadCell> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await deps.pause(attempt);
      const before = await deps.books.readPosition(cell);
      const { sums, moved, unreadable, lastMovements } = await readHistory(deps, cell);
      const claimed = await claimsAt(deps, cell, before.position, suspected, moved);
      const after = await deps.books.readPosition(cell);
      if (!isSame(before, after)) continue;
      const problems = [...unreadable, ...claimed.unreadable];
      return {
        isSettled: true,
        evidence: { cell, ...after, history: sums, claims: claimed.claims, unreadable: problems },
        lastMovements,
      };
    }
    return { isSettled: false };
  };
export type ReadCellEvidence = ReturnType<typeof makeReadCell>;

/** Proves one cell, while the store is written to: what it says is true of one moment, or it says that there was none. */
export const makeProveCell =
  (deps: { readonly readCell: ReadCellEvidence }) =>
  async (cell: Cell, suspected: readonly ClaimId[] = []): Promise<ProvenCell> => {
    const read = await deps.readCell(cell, suspected);
    if (!read.isSettled) return { cell, verdict: 'unsettled', violations: [], claims: [], lastMovements: [] };
    const violations = auditCell(read.evidence);
    return {
      cell,
      verdict: violations.length === 0 ? 'clean' : 'off',
      position: read.evidence.position,
      violations,
      claims: read.evidence.claims,
      lastMovements: read.lastMovements,
    };
  };
export type ProveCell = ReturnType<typeof makeProveCell>;
