import type { BasketReservationId, OrderId, ReservationId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { cellKey } from './cell.ts';
import type { CellChange, LedgerEntry, MovementKind } from './ledger-entry.ts';
import type { ClaimId, LineQuantity, PlannedShipment, Reservation, ReservedLine } from './reservation.ts';

export type Plan = {
  readonly reservationId: ReservationId;
  readonly orderId: OrderId;
  readonly considered: readonly LineQuantity[];
  readonly shipments: readonly PlannedShipment[];
  /** The basket that the order was: its units are exchanged for the plan's. */
  readonly basketId?: BasketReservationId | undefined;
};

export type PlanRefusal = { readonly type: 'planExceedsOrder'; readonly lineId: string };

const linesOf = (plan: Plan): readonly ReservedLine[] =>
  plan.shipments
    .flatMap(({ nodeId, lines }) =>
      lines.map(({ lineId, sku, quantity }) => ({ nodeId, lineId, sku, quantity, shipped: 0, released: 0 })),
    )
    .sort((a, b) => (cellKey(a) < cellKey(b) ? -1 : cellKey(a) > cellKey(b) ? 1 : 0));

/**
 * A claim about to be made: nothing of it counts yet. Refused when the plan ships more of a line than was asked for,
 * or another SKU. `over` is the lost claim that it replaces.
 */
export const openClaim = (
  plan: Plan,
  over: Reservation | undefined,
  at: Instant,
): Result<Reservation, PlanRefusal> => {
  const lines = linesOf(plan);
  for (const { lineId } of lines) {
    const asked = plan.considered.find((line) => line.lineId === lineId);
    const planned = lines.filter((line) => line.lineId === lineId);
    const total = planned.reduce((sum, line) => sum + line.quantity, 0);
    const isAsked =
      asked !== undefined && total <= asked.quantity && planned.every((line) => line.sku === asked.sku);
    if (!isAsked) return refuse({ type: 'planExceedsOrder', lineId });
  }
  return ok({
    reservationId: plan.reservationId,
    orderId: plan.orderId,
    ...(plan.basketId === undefined ? {} : { basketId: plan.basketId }),
    version: over?.version ?? 0,
    status: 'claiming',
    considered: plan.considered,
    lines,
    claimed: 0,
    settlements: over?.settlements ?? [],
    changedAt: at,
  });
};

/** Where the lines on the next `limit` cells from `start` end; lines are sorted by cell. */
const chunkEnd = (lines: readonly ReservedLine[], start: number, limit: number): number => {
  const cells = new Set<string>();
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    cells.add(cellKey(line));
    if (cells.size > limit) return index;
  }
  return lines.length;
};

const chunkStart = (lines: readonly ReservedLine[], end: number, limit: number): number => {
  const cells = new Set<string>();
  for (let index = end - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line === undefined) break;
    cells.add(cellKey(line));
    if (cells.size > limit) return index + 1;
  }
  return 0;
};

/** One change a cell, however many lines claim on it: a transaction may touch an item once. */
const changesFor = (
  lines: readonly ReservedLine[],
  reservation: Reservation,
  kind: Extract<MovementKind, 'reserve' | 'release'>,
  reason: string | undefined,
): readonly CellChange[] => {
  const perCell = new Map<string, { readonly line: ReservedLine; readonly quantity: number }>();
  for (const line of lines) {
    const key = cellKey(line);
    perCell.set(key, { line, quantity: (perCell.get(key)?.quantity ?? 0) + line.quantity });
  }
  return [...perCell.values()].map(({ line, quantity }) => ({
    cell: { sku: line.sku, nodeId: line.nodeId },
    movements: [
      {
        movementId: `${kind}:${reservation.reservationId}:${reservation.version}`,
        kind,
        onHandDelta: 0,
        reservedDelta: kind === 'reserve' ? quantity : -quantity,
        document: reservation.reservationId,
        actor: 'routing',
        ...(reason === undefined ? {} : { reason }),
      },
    ],
    guard: kind === 'reserve' ? { type: 'free', atLeast: quantity } : { type: 'covered' },
  }));
};

const entryTo = (
  before: Reservation,
  after: Omit<Reservation, 'version' | 'changedAt'>,
  changes: (after: Reservation) => readonly CellChange[],
  at: Instant,
): LedgerEntry & { readonly reservation: { readonly after: Reservation } } => {
  const next = { ...after, version: before.version + 1, changedAt: at };
  return {
    at,
    changes: changes(next),
    reservation: { expectedVersion: before.version === 0 ? undefined : before.version, after: next },
  };
};

/**
 * Claims the next cells of a plan, at most `limit` of them; the last entry makes it `held`. An ordinary plan takes one
 * entry.
 */
export const claimNext = (reservation: Reservation, limit: number, at: Instant) => {
  const end = chunkEnd(reservation.lines, reservation.claimed, limit);
  const status = end === reservation.lines.length ? ('held' as const) : ('claiming' as const);
  const chunk = reservation.lines.slice(reservation.claimed, end);
  return entryTo(
    reservation,
    { ...reservation, status, claimed: end },
    (after) => changesFor(chunk, after, 'reserve', undefined),
    at,
  );
};

/** Gives back the last claimed cells of a plan that was lost half way; the last entry makes it `lost`. */
export const undoNext = (reservation: Reservation, limit: number, at: Instant) => {
  const start = chunkStart(reservation.lines, reservation.claimed, limit);
  const status = start === 0 ? ('lost' as const) : ('undoing' as const);
  const chunk = reservation.lines.slice(start, reservation.claimed);
  return entryTo(
    reservation,
    { ...reservation, status, claimed: start },
    (after) => changesFor(chunk, after, 'release', 'the plan was lost'),
    at,
  );
};

/**
 * Ends a claim of which nothing counts, so that nothing more is claimed under its id, not even by a late executor.
 * `before` undefined: the claim never began, a mark is left.
 */
export const closeClaim = (reservationId: ClaimId, before: Reservation | undefined, at: Instant) => {
  const claim = before ?? unclaimed(reservationId, at);
  return entryTo(claim, { ...claim, status: 'held', lines: [] }, () => [], at);
};

const unclaimed = (reservationId: ClaimId, at: Instant): Reservation => ({
  reservationId,
  orderId: undefined,
  version: 0,
  status: 'lost',
  considered: [],
  lines: [],
  claimed: 0,
  settlements: [],
  changedAt: at,
});
