import type { BasketReservationId, OrderId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { cellKey, type Cell } from './cell.ts';
import type { CellChange, LedgerEntry, Movement } from './ledger-entry.ts';
import { openLines, type LineQuantity, type Reservation, type ReservedLine } from './reservation.ts';

export type BasketEntry = LedgerEntry & { readonly reservation: { readonly after: Reservation } };
/** One line of a basket at the node that is to hold it. */
export type BasketLine = Pick<ReservedLine, 'lineId' | 'sku' | 'nodeId' | 'quantity'>;
export type CellUnits = { readonly cell: Cell; readonly quantity: number };

/** What lines add up to, one entry a cell. */
export const unitsByCell = (lines: readonly BasketLine[]): readonly CellUnits[] => {
  const perCell = new Map<string, CellUnits>();
  for (const { sku, nodeId, quantity } of lines) {
    const key = cellKey({ sku, nodeId });
    perCell.set(key, { cell: { sku, nodeId }, quantity: (perCell.get(key)?.quantity ?? 0) + quantity });
  }
  return [...perCell.values()];
};

/** Open units of the claim, one entry a cell. */
export const openUnitsOf = (reservation: Reservation): readonly CellUnits[] =>
  unitsByCell(
    openLines(reservation).map((line) => ({
      ...line,
      quantity: line.quantity - line.shipped - line.released,
    })),
  );

const moved = (
  reservation: Reservation,
  kind: 'reserve' | 'release',
  quantity: number,
  reason: string,
): Movement => ({
  movementId: `${kind}:${reservation.reservationId}:${reservation.version + 1}`,
  kind,
  onHandDelta: 0,
  reservedDelta: kind === 'reserve' ? quantity : -quantity,
  document: reservation.reservationId,
  actor: 'basket',
  reason,
});

const entryTo = (
  before: Reservation,
  after: Reservation,
  changes: readonly CellChange[],
  at: Instant,
): BasketEntry => ({
  at,
  changes,
  reservation: {
    expectedVersion: before.version === 0 ? undefined : before.version,
    after: { ...after, version: before.version + 1, changedAt: at },
  },
});

const withoutExpiry = ({ softUntil: _, ...reservation }: Reservation): Reservation => reservation;

/** Holds every line for a basket until then, or none. */
export const holdBasket = (
  basket: {
    readonly reservationId: BasketReservationId;
    readonly considered: readonly LineQuantity[];
    readonly lines: readonly BasketLine[];
    readonly until: Instant;
  },
  at: Instant,
): BasketEntry => {
  const { reservationId, considered, until } = basket;
  const lines = basket.lines.map((line) => ({ ...line, shipped: 0, released: 0 }));
  const fresh: Reservation = {
    reservationId,
    orderId: undefined,
    softUntil: until,
    version: 0,
    status: 'held',
    considered,
    lines,
    claimed: lines.length,
    settlements: [],
    changedAt: at,
  };
  const changes = unitsByCell(lines).map(({ cell, quantity }): CellChange => ({
    cell,
    guard: { type: 'free', atLeast: quantity },
    soft: [{ until, units: quantity }],
    movements: [moved(fresh, 'reserve', quantity, `in a basket until ${until}`)],
  }));
  return entryTo(fresh, fresh, changes, at);
};

/** Moves the end of a soft claim. No unit moves: what is held goes on being held. */
export const extendBasket = (basket: Reservation, softUntil: Instant, at: Instant): BasketEntry => {
  const changes = openUnitsOf(basket).map(({ cell, quantity }): CellChange => ({
    cell,
    guard: { type: 'covered' },
    soft: [...expiring(basket, -quantity), { until: softUntil, units: quantity }],
    movements: [],
  }));
  return entryTo(basket, { ...basket, softUntil }, changes, at);
};

/** The basket has become this order: its claim ends by the order's state, no longer by the clock. */
export const bindBasket = (basket: Reservation, orderId: OrderId, at: Instant): BasketEntry => {
  const changes = openUnitsOf(basket).map(({ cell, quantity }): CellChange => ({
    cell,
    guard: { type: 'covered' },
    soft: expiring(basket, -quantity),
    movements: [],
  }));
  return entryTo(basket, { ...withoutExpiry(basket), orderId }, changes, at);
};

/** Claims for its order what an expired basket used to hold, as far as it is free: all of it or nothing. */
export const claimBasketAgain = (basket: Reservation, orderId: OrderId, at: Instant): BasketEntry => {
  const changes = openUnitsOf(basket).map(({ cell, quantity }): CellChange => ({
    cell,
    guard: { type: 'free', atLeast: quantity },
    movements: [moved(basket, 'reserve', quantity, 'the expired basket became an order')],
  }));
  return entryTo(basket, { ...withoutExpiry(basket), orderId }, changes, at);
};

/** Gives back what remains of a basket's soft claim, once. */
export const releaseBasket = (basket: Reservation, at: Instant): BasketEntry => {
  const changes = openUnitsOf(basket).map(({ cell, quantity }): CellChange => ({
    cell,
    guard: { type: 'covered' },
    soft: expiring(basket, -quantity),
    movements: [moved(basket, 'release', quantity, 'cancelled')],
  }));
  return entryTo(basket, ended(basket, at), changes, at);
};

/** Closes the document of a claim that expired: its units were taken off with all others of its expiry. */
export const closeExpired = (basket: Reservation, at: Instant): BasketEntry =>
  entryTo(basket, ended(basket, at), [], at);

const expiring = ({ softUntil }: Reservation, units: number): NonNullable<CellChange['soft']> =>
  softUntil === undefined ? [] : [{ until: softUntil, units }];

/** A claim that was never an order's, ended: nothing of it is open, and nothing is claimed under its id again. */
const ended = (basket: Reservation, at: Instant): Reservation => ({
  ...basket,
  lines: basket.lines.map((line) => ({ ...line, released: line.quantity - line.shipped })),
  settlements: [...new Set(basket.lines.map(({ nodeId }) => nodeId))].map((nodeId) => ({
    nodeId,
    cause: 'cancelled',
    by: basket.reservationId,
    at,
    shipped: [],
    writtenOff: [],
  })),
});
