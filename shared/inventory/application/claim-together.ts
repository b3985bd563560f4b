import { BrokenInvariant } from '../../kernel/result.ts';
import type { ClaimGroup } from '../domain/claim-group.ts';
import { cellKey, isSameCell, type Cell } from '../domain/cell.ts';
import {
  CLAIMS_PER_GROUP,
  concludeClaim,
  countGroups,
  formGroup,
  GROUPS_PER_COUNT,
  onlyCellOf,
} from '../domain/group-claims.ts';
import { availableOf } from '../domain/position.ts';
import type { ClaimId, Reservation } from '../domain/reservation.ts';
import type { Clock, StockLedger } from './ports.ts';

export type ClaimTogetherDeps = {
  readonly ledger: StockLedger;
  readonly now: Clock;
  readonly newGroupId: () => string;
};

/** Somebody else may be doing the same work; so often in a row only if something is wrong. */
const ATTEMPTS = 50;

const inChunks = <Entry>(entries: readonly Entry[], size: number): readonly (readonly Entry[])[] =>
  Array.from({ length: Math.ceil(entries.length / size) }, (_, index) =>
    entries.slice(index * size, (index + 1) * size),
  );

/** Groups what still waits on one cell. A claim that was moved meanwhile is somebody else's and is left out. */
const form = async (
  deps: ClaimTogetherDeps,
  cell: Cell,
  waiting: readonly Reservation[],
): Promise<readonly ClaimGroup[]> => {
  const formed = await Promise.all(
    inChunks(waiting, CLAIMS_PER_GROUP).map(async (chunk) => {
      let rest = chunk;
      while (rest.length > 0) {
        const { entry, group } = formGroup(deps.newGroupId(), cell, rest, deps.now());
        const written = await deps.ledger.commit(entry);
        if (written.ok) return [group];
        const { moved } = written.refusal;
        rest = rest.filter(({ reservationId }) => !moved.includes(reservationId));
      }
      return [];
    }),
  );
  return formed.flat();
};

const freeAt = async (ledger: StockLedger, cell: Cell): Promise<number> => {
  const found = (await ledger.findPositions([cell])).find((position) => isSameCell(position, cell));
  return found === undefined ? 0 : availableOf(found);
};

/** Counts open groups of one cell with one write of its position, and answers with all of them as counted. */
const count = async (
  deps: ClaimTogetherDeps,
  groups: readonly ClaimGroup[],
  freeWhenLooked: number,
): Promise<readonly ClaimGroup[]> => {
  let open = groups;
  let free = freeWhenLooked;
  const done: ClaimGroup[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [first] = open;
    if (first === undefined) return done;
    const { entry, counted } = countGroups(open, free, deps.now());
    const written = await deps.ledger.commit(entry);
    if (written.ok) return [...done, ...counted];
    if (written.refusal.moved.length > 0) {
      const seen = await deps.ledger.findGroups(open.map(({ groupId }) => groupId));
      done.push(...seen.filter(({ status }) => status === 'counted'));
      open = seen.filter(({ status }) => status === 'open');
    }
    if (written.refusal.guardFailed.length > 0) free = await freeAt(deps.ledger, first.cell);
  }
  throw new BrokenInvariant(`groups of ${groups.length} claims are never counted`);
};

const countAll = async (
  deps: ClaimTogetherDeps,
  groups: readonly ClaimGroup[],
  free: number,
): Promise<readonly ClaimGroup[]> => {
  const done = groups.filter(({ status }) => status === 'counted');
  for (const chunk of inChunks(
    groups.filter(({ status }) => status === 'open'),
    GROUPS_PER_COUNT,
  )) {
    done.push(...(await count(deps, chunk, free)));
  }
  return done;
};

/** Tells every member of a counted group what became of it. A member that was told already is left alone. */
const conclude = async (deps: ClaimTogetherDeps, group: ClaimGroup): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await deps.ledger.findReservations(group.claims.map(({ reservationId }) => reservationId));
    const members = found
      .filter(({ status, groupId }) => status === 'grouped' && groupId === group.groupId)
      .map((reservation) => concludeClaim(reservation, group, deps.now()));
    if (members.length === 0) return;
    const written = await deps.ledger.commit({ at: deps.now(), changes: [], members });
    if (written.ok) return;
  }
  throw new BrokenInvariant(`members of group ${group.groupId} never stand still`);
};

/**
 * Decides waiting claims, many with one write of their cell. Whoever calls it with a reservation that is waiting or
 * grouped brings that reservation to its end, whoever began and died: every step is a transaction that happens once.
 */
export const makeClaimTogether =
  (deps: ClaimTogetherDeps) =>
  async (reservationIds: readonly ClaimId[]): Promise<void> => {
    const found = await deps.ledger.findReservations([...new Set(reservationIds)]);
    const perCell = new Map<string, { readonly cell: Cell; readonly waiting: Reservation[] }>();
    for (const reservation of found) {
      const cell = onlyCellOf(reservation);
      if (reservation.status !== 'waiting' || cell === undefined) continue;
      const entry = perCell.get(cellKey(cell)) ?? { cell, waiting: [] };
      perCell.set(cellKey(cell), entry);
      entry.waiting.push(reservation);
    }
    const begun = await deps.ledger.findGroups([...new Set(found.flatMap(({ groupId }) => groupId ?? []))]);
    const cells = new Map([...begun, ...perCell.values()].map(({ cell }) => [cellKey(cell), cell]));
    // What is free is looked up while the groups are formed: a sold out cell costs no write, and nobody waits for it.
    const decidedByCell = await Promise.all(
      [...cells.values()].map(async (cell) => {
        const [formed, free] = await Promise.all([
          form(deps, cell, perCell.get(cellKey(cell))?.waiting ?? []),
          freeAt(deps.ledger, cell),
        ]);
        return countAll(deps, [...begun.filter((group) => isSameCell(group.cell, cell)), ...formed], free);
      }),
    );
    const counted = decidedByCell.flat();
    await Promise.all(counted.map((group) => conclude(deps, group)));
  };
