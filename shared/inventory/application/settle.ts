import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant, ok, type Result } from '../../kernel/result.ts';
import { emptyPosition } from '../domain/position.ts';
import { cellKey, isSameCell } from '../domain/cell.ts';
import type { Reservation, Settlement } from '../domain/reservation.ts';
import {
  cellsToSettle,
  checkSettlement,
  settlementAt,
  settleNext,
  type SettlementRefusal,
} from '../domain/settle-reservation.ts';
import type { Clock, StockLedger } from './ports.ts';

type Deps = { readonly ledger: StockLedger; readonly now: Clock };

/** `settlement` is the one that stands; `isNew` says whether it is the one that was asked for. */
export type Settled = {
  readonly settlement: Settlement;
  readonly reservation: Reservation;
  readonly isNew: boolean;
};

/** Others may change a position between reading and writing it; so often in a row only if something is wrong. */
const ATTEMPTS = 50;

/**
 * Ends the claim at one node, once: a settlement that was begun earlier (by a retry, or by the other of two racing
 * ends) is completed as it was begun, and stands.
 */
export const settleNode = async (
  deps: Deps,
  from: Reservation,
  settlementOf: (reservation: Reservation, at: Instant) => Settlement,
): Promise<Result<Settled, SettlementRefusal>> => {
  let reservation = from;
  let isNew = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const at = deps.now();
    const asked = settlementOf(reservation, at);
    const standing = settlementAt(reservation, asked);
    const checked = standing === undefined ? checkSettlement(reservation, asked) : ok(standing);
    if (!checked.ok) return checked;
    const cells = cellsToSettle(reservation, checked.value, deps.ledger.cellsPerEntry);
    if (cells.length === 0 && (standing !== undefined || !holdsAnything(reservation, asked))) {
      return ok({ settlement: checked.value, reservation, isNew });
    }
    const known = await deps.ledger.findPositions(cells);
    const broken = known.find(({ problem }) => problem !== undefined);
    // What ships is taken from what is known to be there: no figure is no reason to write units off.
    if (broken !== undefined) throw new BrokenInvariant(`position ${cellKey(broken)} cannot be read`);
    const positions = cells.map(
      (cell) => known.find((position) => isSameCell(position, cell)) ?? emptyPosition(cell),
    );
    const entry = settleNext(reservation, checked.value, positions, at);
    const written = await deps.ledger.commit(entry);
    if (written.ok) {
      reservation = entry.reservation.after;
      isNew ||= standing === undefined;
    } else if (written.refusal.reservationMoved) {
      reservation = (await deps.ledger.findReservation(reservation.reservationId)) ?? reservation;
    }
  }
  throw new BrokenInvariant(
    `cannot settle ${from.reservationId}: ${from.lines.map(cellKey).slice(0, 5).join(', ')}`,
  );
};

const holdsAnything = (reservation: Reservation, { nodeId }: Settlement): boolean =>
  reservation.lines.some((line) => line.nodeId === nodeId);
