import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { cellKey, type Cell } from './cell.ts';
import type { CellChange, LedgerEntry, Movement } from './ledger-entry.ts';
import type { Position } from './position.ts';
import type { LineQuantity, Reservation, ReservedLine, Settlement } from './reservation.ts';

export type SettlementRefusal = { readonly type: 'moreThanReserved'; readonly lineId: string };

const quantityOf = (lines: readonly LineQuantity[], line: LineQuantity): number =>
  lines
    .filter((entry) => entry.lineId === line.lineId && entry.sku === line.sku)
    .reduce((sum, entry) => sum + entry.quantity, 0);

/** Checks that what left or was not found is part of what is reserved at the node, line by line. */
export const checkSettlement = (
  reservation: Reservation,
  settlement: Settlement,
): Result<Settlement, SettlementRefusal> => {
  const atNode = reservation.lines.filter((line) => line.nodeId === settlement.nodeId);
  const named = [...settlement.shipped, ...settlement.writtenOff];
  const excess = named.find((line) => quantityOf(named, line) > quantityOf(atNode, line));
  return excess === undefined ? ok(settlement) : refuse({ type: 'moreThanReserved', lineId: excess.lineId });
};

export const settlementAt = (reservation: Reservation, { nodeId }: { nodeId: Settlement['nodeId'] }) =>
  reservation.settlements.find((settlement) => settlement.nodeId === nodeId);

const isOpenAt = (line: ReservedLine, settlement: Settlement): boolean =>
  line.nodeId === settlement.nodeId && line.quantity > line.shipped + line.released;

/** The cells that the next entry of a settlement touches: at most `limit`. Empty: it is complete. */
export const cellsToSettle = (
  reservation: Reservation,
  settlement: Settlement,
  limit: number,
): readonly Cell[] => {
  const cells = new Map<string, Cell>();
  for (const line of reservation.lines) {
    if (cells.size === limit) break;
    if (isOpenAt(line, settlement)) cells.set(cellKey(line), { sku: line.sku, nodeId: line.nodeId });
  }
  return [...cells.values()];
};

type SettledLine = {
  readonly after: ReservedLine;
  readonly shipped: number;
  readonly writtenOff: number;
  readonly freed: number;
};

/**
 * Splits a shipped or written-off quantity of a line over its entries, in their order, so that a line that was planned
 * in two parts at one node is settled as one. Only what is open of an entry is settled.
 */
const settledLines = (lines: readonly ReservedLine[], settlement: Settlement): readonly SettledLine[] => {
  const left = new Map<string, { shipped: number; writtenOff: number }>();
  return lines.map((line) => {
    const rest = left.get(line.lineId) ?? {
      shipped: quantityOf(settlement.shipped, line),
      writtenOff: quantityOf(settlement.writtenOff, line),
    };
    const open = line.quantity - line.shipped - line.released;
    const shipped = Math.min(rest.shipped, open);
    const writtenOff = Math.min(rest.writtenOff, open - shipped);
    left.set(line.lineId, { shipped: rest.shipped - shipped, writtenOff: rest.writtenOff - writtenOff });
    const after = { ...line, shipped: line.shipped + shipped, released: line.released + open - shipped };
    return { after, shipped, writtenOff, freed: open - shipped - writtenOff };
  });
};

/** Whose word ended the claim: a node ships and rejects, everything else is decided here. */
const actorOf = ({ cause, nodeId }: Settlement): string =>
  cause === 'shipped' || cause === 'rejected' ? `node ${nodeId}` : 'routing';

/**
 * The movements of one cell. Shipped and written-off units leave on hand together with their claim, the rest of the
 * claim is given back. On hand never sinks below zero: where a count has already taken units out that are shipped
 * now, only what is left there is booked.
 */
const movementsOf = (
  totals: { readonly shipped: number; readonly writtenOff: number; readonly freed: number },
  onHand: number,
  settlement: Settlement,
  reservation: Reservation,
): readonly Movement[] => {
  const common = { document: settlement.by, actor: actorOf(settlement), reason: settlement.cause };
  const id = `${reservation.reservationId}:${reservation.version + 1}`;
  const shippedOut = Math.min(totals.shipped, onHand);
  const writtenOut = Math.min(totals.writtenOff, onHand - shippedOut);
  const movements: Movement[] = [];
  if (totals.shipped > 0) {
    movements.push({
      ...common, movementId: `ship:${id}`, kind: 'ship', onHandDelta: -shippedOut, reservedDelta: -totals.shipped,
    }); // prettier-ignore
  }
  // The freed part rides on the same movement: both give the claim back, the reason says why.
  const returned = totals.writtenOff + totals.freed;
  if (returned > 0) {
    movements.push({
      ...common,
      movementId: `${totals.writtenOff > 0 ? 'write-off' : 'release'}:${id}`,
      kind: totals.writtenOff > 0 ? 'writeOff' : 'release',
      onHandDelta: writtenOut === 0 ? 0 : -writtenOut,
      reservedDelta: -returned,
    });
  }
  return movements;
};

/**
 * The next entry of a settlement: ends the claim on the cells of `positions`. Given the same reservation it is decided
 * once: the entry carries the reservation's version.
 */
export const settleNext = (
  reservation: Reservation,
  settlement: Settlement,
  positions: readonly Position[],
  at: Instant,
): LedgerEntry & { readonly reservation: { readonly after: Reservation } } => {
  const chosen = new Map(positions.map((position) => [cellKey(position), position]));
  const isChosen = (line: ReservedLine): boolean => isOpenAt(line, settlement) && chosen.has(cellKey(line));
  const settled = settledLines(reservation.lines.filter(isChosen), settlement);
  const changes = positions.map((position): CellChange => {
    const here = settled.filter(({ after: { sku } }) => sku === position.sku);
    const totals = {
      shipped: here.reduce((sum, { shipped }) => sum + shipped, 0),
      writtenOff: here.reduce((sum, { writtenOff }) => sum + writtenOff, 0),
      freed: here.reduce((sum, { freed }) => sum + freed, 0),
    };
    return {
      cell: { sku: position.sku, nodeId: position.nodeId },
      movements: movementsOf(totals, Math.max(0, position.onHand), settlement, reservation),
      guard: { type: 'covered' },
    };
  });
  const queue = settled.map(({ after: line }) => line);
  const after: Reservation = {
    ...reservation,
    version: reservation.version + 1,
    lines: reservation.lines.map((line) => (isChosen(line) ? (queue.shift() ?? line) : line)),
    settlements:
      settlementAt(reservation, settlement) === undefined
        ? [...reservation.settlements, settlement]
        : reservation.settlements,
    changedAt: at,
  };
  return { at, changes, reservation: { expectedVersion: reservation.version, after } };
};
