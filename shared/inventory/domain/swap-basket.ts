import type { Instant } from '../../kernel/instant.ts';
import { cellKey } from './cell.ts';
import { openUnitsOf, type CellUnits } from './basket-claim.ts';
import { deltasOf, type CellChange, type LedgerEntry } from './ledger-entry.ts';
import { openQuantityAt, type Reservation } from './reservation.ts';

/**
 * Of the 100 actions of a transaction two are the claims' documents, and each cell takes three: the position and the
 * movements of both.
 */
export const CELLS_PER_SWAP = 32;

type ClaimEntry = LedgerEntry & { readonly reservation: { readonly after: Reservation } };
export type Swap = { readonly entry: ClaimEntry; readonly basket: Reservation };

/** The basket's units and the plan's at one cell, as one change: only what the plan wants beyond them must be free. */
const exchanged = (change: CellChange | undefined, units: CellUnits, basket: Reservation): CellChange => {
  const movements = [
    ...(change?.movements ?? []),
    {
      movementId: `swap:${basket.reservationId}:${basket.version + 1}`,
      kind: 'release' as const,
      onHandDelta: 0,
      reservedDelta: -units.quantity,
      document: basket.reservationId,
      actor: 'routing',
      reason: 'the order of this basket was routed',
    },
  ];
  const more = deltasOf({ movements }).reserved;
  return {
    ...change,
    cell: units.cell,
    movements,
    guard: more > 0 ? { type: 'free', atLeast: more } : { type: 'covered' },
  };
};

const givenUp = (
  basket: Reservation,
  cells: ReadonlySet<string>,
  by: Reservation,
  at: Instant,
): Reservation => {
  const lines = basket.lines.map((line, index) =>
    cells.has(cellKey(line)) ? { ...line, released: line.released + openQuantityAt(basket, index) } : line,
  );
  const nodes = new Set(basket.lines.filter((line) => cells.has(cellKey(line))).map(({ nodeId }) => nodeId));
  const settled = new Set(basket.settlements.map(({ nodeId }) => nodeId));
  return {
    ...basket,
    version: basket.version + 1,
    lines,
    settlements: [
      ...basket.settlements,
      ...[...nodes]
        .filter((nodeId) => !settled.has(nodeId))
        .map((nodeId) => ({
          nodeId,
          cause: 'superseded' as const,
          by: by.reservationId,
          at,
          shipped: [],
          writtenOff: [],
        })),
    ],
    changedAt: at,
  };
};

/**
 * Claims a plan's next cells in exchange for what the order's basket holds there, so that nobody else can take those
 * units in between. With the plan's last cells goes the rest of the basket, if `limit` cells hold both; what does not
 * fit is still the basket's afterwards, and is to be released.
 */
export const swapBasket = (entry: ClaimEntry, basket: Reservation, limit: number, at: Instant): Swap => {
  const units = new Map(openUnitsOf(basket).map((each) => [cellKey(each.cell), each]));
  const claimed = new Set(entry.changes.map(({ cell }) => cellKey(cell)));
  const others = [...units.values()].filter(({ cell }) => !claimed.has(cellKey(cell)));
  const isLast = entry.reservation.after.status === 'held';
  const rest = isLast && claimed.size + others.length <= limit ? others : [];
  const changes = [
    ...entry.changes.map((change) => {
      const here = units.get(cellKey(change.cell));
      return here === undefined ? change : exchanged(change, here, basket);
    }),
    ...rest.map((each) => exchanged(undefined, each, basket)),
  ];
  const ending = new Set(changes.map(({ cell }) => cellKey(cell)).filter((key) => units.has(key)));
  if (ending.size === 0) return { entry, basket };
  const after = givenUp(basket, ending, entry.reservation.after, at);
  return {
    basket: after,
    entry: { ...entry, changes, members: [{ expectedVersion: basket.version, after }] },
  };
};
