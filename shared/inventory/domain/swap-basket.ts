import type { Instant } from '../../kernel/instant.ts';
import { cellKey } from './cell.ts';
import { openUnitsOf, unitsByCell, type CellUnits } from './basket-claim.ts';
import { deltasOf, type CellChange, type LedgerEntry, type Movement } from './ledger-entry.ts';
import { openQuantityAt, type Reservation, type ReservedLine } from './reservation.ts';
import { settlementAt } from './settle-reservation.ts';

/**
 * Of the 100 actions of a transaction two are the claims' documents, and each cell takes three: the position and the
 * movements of both.
 */
export const CELLS_PER_SWAP = 32;

type ClaimEntry = LedgerEntry & { readonly reservation: { readonly after: Reservation } };
export type Swap = { readonly entry: ClaimEntry; readonly basket: Reservation };

/** The change of one cell with the basket's part in it: only what the plan wants beyond that must be free. */
const withBasket = (
  change: CellChange | undefined,
  { cell, quantity }: CellUnits,
  basket: Reservation,
  movement: Pick<Movement, 'kind' | 'reason'>,
): CellChange => {
  const movements = [
    ...(change?.movements ?? []),
    {
      ...movement,
      movementId: `swap:${basket.reservationId}:${basket.version + 1}`,
      onHandDelta: 0,
      reservedDelta: movement.kind === 'reserve' ? quantity : -quantity,
      document: basket.reservationId,
      actor: 'routing',
    },
  ];
  const more = deltasOf({ movements }).reserved;
  return {
    ...change,
    cell,
    movements,
    guard: more > 0 ? { type: 'free', atLeast: more } : { type: 'covered' },
  };
};

const GIVES = { kind: 'release', reason: 'the order of this basket was routed' } as const;
const GETS_BACK = { kind: 'reserve', reason: 'the plan was lost, the basket has its units again' } as const;

/** Splits units per cell over lines, in their order, no line more than it has room for. */
const allot = (
  lines: readonly ReservedLine[],
  units: readonly CellUnits[],
  roomOf: (line: ReservedLine, index: number) => number,
): readonly number[] => {
  const left = new Map(units.map(({ cell, quantity }) => [cellKey(cell), quantity]));
  return lines.map((line, index) => {
    const rest = left.get(cellKey(line)) ?? 0;
    const part = Math.min(rest, roomOf(line, index));
    left.set(cellKey(line), rest - part);
    return part;
  });
};

const moved = (basket: Reservation, lines: readonly ReservedLine[], at: Instant): Reservation => ({
  ...basket,
  version: basket.version + 1,
  lines,
  changedAt: at,
});

const givingUp = (basket: Reservation, units: readonly CellUnits[], at: Instant): Reservation => {
  const parts = allot(basket.lines, units, (_, index) => openQuantityAt(basket, index));
  return moved(
    basket,
    basket.lines.map((line, index) => ({ ...line, released: line.released + (parts[index] ?? 0) })),
    at,
  );
};

/** The plan is held: wherever it has exchanged anything, now or before, the basket is over. */
const replaced = (basket: Reservation, by: Reservation, at: Instant): Reservation => {
  const nodes = new Set(basket.lines.filter(({ released }) => released > 0).map(({ nodeId }) => nodeId));
  return {
    ...basket,
    settlements: [
      ...basket.settlements,
      ...[...nodes]
        .filter((nodeId) => settlementAt(basket, { nodeId }) === undefined)
        .map((nodeId) => ({
          nodeId,
          cause: 'superseded' as const,
          by: by.reservationId,
          at,
          shipped: [],
          writtenOff: [],
        })),
    ],
  };
};

const joined = (
  entry: ClaimEntry,
  basket: Reservation,
  after: Reservation,
  parts: readonly CellUnits[],
  movement: Pick<Movement, 'kind' | 'reason'>,
): Swap => {
  const partAt = new Map(parts.map((part) => [cellKey(part.cell), part]));
  const claimed = new Set(entry.changes.map(({ cell }) => cellKey(cell)));
  const changes = [
    ...entry.changes.map((change) => {
      const part = partAt.get(cellKey(change.cell));
      return part === undefined ? change : withBasket(change, part, basket, movement);
    }),
    ...parts
      .filter(({ cell }) => !claimed.has(cellKey(cell)))
      .map((part) => withBasket(undefined, part, basket, movement)),
  ];
  return {
    basket: after,
    entry: { ...entry, changes, members: [{ expectedVersion: basket.version, after }] },
  };
};

/** Cells of a plan that takes more entries: what each gives up is remembered, for the plan may yet be lost. */
const lendBasket = (entry: ClaimEntry, basket: Reservation, at: Instant): Swap => {
  const wanted = new Map(entry.changes.map((change) => [cellKey(change.cell), deltasOf(change).reserved]));
  const parts = openUnitsOf(basket)
    .map(({ cell, quantity }) => ({ cell, quantity: Math.min(quantity, wanted.get(cellKey(cell)) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
  if (parts.length === 0) return { entry, basket };
  const claim = entry.reservation.after;
  const exchanged = allot(claim.lines, parts, ({ quantity }) => quantity);
  const lines = claim.lines.map((line, index) => {
    const fromBasket = exchanged[index] ?? 0;
    return fromBasket === 0 ? line : { ...line, fromBasket };
  });
  const remembering = { ...entry, reservation: { ...entry.reservation, after: { ...claim, lines } } };
  return joined(remembering, basket, givingUp(basket, parts, at), parts, GIVES);
};

/**
 * Claims a plan's next cells in exchange for what the order's basket holds there, so that nobody else can take those
 * units in between. With the plan's last cells goes the rest of the basket, if `limit` cells hold both; what does not
 * fit is still the basket's afterwards, and is to be released.
 */
export const swapBasket = (entry: ClaimEntry, basket: Reservation, limit: number, at: Instant): Swap => {
  const claim = entry.reservation.after;
  if (claim.status !== 'held') return lendBasket(entry, basket, at);
  const units = openUnitsOf(basket);
  const claimed = new Set(entry.changes.map(({ cell }) => cellKey(cell)));
  const others = units.filter(({ cell }) => !claimed.has(cellKey(cell)));
  const parts =
    claimed.size + others.length <= limit ? units : units.filter(({ cell }) => claimed.has(cellKey(cell)));
  const after = replaced(givingUp(basket, parts, at), claim, at);
  const isOver = after.settlements.length > basket.settlements.length;
  return parts.length > 0 || isOver ? joined(entry, basket, after, parts, GIVES) : { entry, basket };
};

/**
 * Undoes a lost plan's last cells: the basket gets back what it gave up there, in the same transaction. Where it has
 * ended meanwhile the units are free.
 */
export const returnToBasket = (entry: ClaimEntry, basket: Reservation, at: Instant): Swap => {
  const undone = new Set(entry.changes.map(({ cell }) => cellKey(cell)));
  const given = entry.reservation.after.lines
    .map((line) => ({ ...line, quantity: line.fromBasket ?? 0 }))
    .filter(({ quantity }) => quantity > 0)
    .filter((line) => undone.has(cellKey(line)) && settlementAt(basket, line) === undefined);
  const parts = unitsByCell(given);
  if (parts.length === 0) return { entry, basket };
  const returned = allot(basket.lines, parts, ({ released }) => released);
  const lines = basket.lines.map((line, index) => ({
    ...line,
    released: line.released - (returned[index] ?? 0),
  }));
  return joined(entry, basket, moved(basket, lines, at), parts, GETS_BACK);
};
