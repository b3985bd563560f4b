import type { Instant } from '../../kernel/instant.ts';
import type { StoredPosition } from './audit.ts';
import type { Cell } from './cell.ts';
import type { ClaimGroup } from './claim-group.ts';
import type { CountTask } from './count-task.ts';
import type { Counters, Freeze, SoftUnits } from './position.ts';
import type { Reservation } from './reservation.ts';
import type { SupplyOrder } from './supply/supply-order.ts';
import type { DriftScore, Told } from './told.ts';

/** Everything that happens to a cell. */
export const MOVEMENT_KINDS = [
  'receive',
  'return',
  'adjust',
  'count',
  'snapshot',
  'delta',
  'reserve',
  'release',
  'ship',
  'writeOff',
  'transferOut',
  'transferIn',
  'transferLoss',
  'quarantine',
  'clear',
  'ringFence',
  'freeze',
  'thaw',
  'mend',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export type MovementDeltas = {
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  readonly safetyStockDelta?: number;
  readonly quarantinedDelta?: number;
  readonly inTransitDelta?: number;
  readonly ringFenceDelta?: number;
};

/** Why a position changed, kept for ever: the deltas of a cell's movements add up to its counters. */
export type Movement = MovementDeltas & {
  readonly movementId: string;
  readonly kind: MovementKind;
  readonly onHandAfter?: number;
  /** When it happened at the node, where the node has said so; else it is taken to have happened when it was booked. */
  readonly asOf?: Instant;
  readonly document?: string;
  readonly actor?: string;
  readonly reason?: string;
};

/**
 * What must be true of the position at the moment of writing, whoever else is writing:
 * - `free`: at least this many units are free, and the cell is not frozen (a claim);
 * - `covered`: no counter sinks below zero (units leave, claims end);
 * - `countedFrom`: on hand and safety stock still are what the absolute figure was compared with; claims may go on
 *   meanwhile. Undefined: there is no position yet;
 * - `toldFrom`: on hand still is what a feed was compared with, and no newer figure has been told; undefined: there is
 *   no position yet;
 * - `ringFenceIs`: the ring-fence still is what its next figure was compared with;
 * - `isStill`: nothing of the position has changed. Where it could not be read, its version says so (0: there is none);
 * - `thawed`, `frozen`: there is a position, and nobody else has frozen or thawed it.
 */
export type Guard =
  | { readonly type: 'free'; readonly atLeast: number }
  | { readonly type: 'covered' }
  | {
      readonly type: 'countedFrom';
      readonly position: { readonly onHand: number; readonly safetyStock: number } | undefined;
    }
  | {
      readonly type: 'toldFrom';
      readonly position: { readonly onHand: number; readonly asOf: Instant | undefined } | undefined;
    }
  | { readonly type: 'ringFenceIs'; readonly ringFence: number }
  | { readonly type: 'thawed' | 'frozen' }
  | { readonly type: 'isStill'; readonly position: StoredPosition | undefined; readonly version: number };

/** The change of one cell: its movements, applied together. With `onceKey` it happens at most once under that key. */
export type CellChange = {
  readonly cell: Cell;
  readonly movements: readonly Movement[];
  readonly guard: Guard;
  readonly onceKey?: string;
  /** What becomes of the cell's freeze; absent: it stays as it is. */
  readonly freeze?: Freeze | 'lifted';
  /** The counters become these, whatever they were and whatever the movements say: a broken cell is mended. */
  readonly setsCounters?: Counters;
  /** On hand was told or counted. Without `asOf`: as of the entry's moment. */
  readonly told?: Omit<Told, 'asOf'> & Partial<Pick<Told, 'asOf'>>;
  /** How far off the cell's figures have been lately. */
  readonly drift?: DriftScore;
  /**
   * Units of `reserved` that get an expiry (positive) or lose it (negative: no fewer may be there). None is added that
   * ends at or before what has lapsed already.
   */
  readonly soft?: readonly SoftUnits[];
  /** Exactly these soft claims are there, have expired, and are forgotten; nothing later has lapsed yet. */
  readonly lapse?: Lapse;
};

/** What becomes of a cell's cycle-count task; undefined `expectedVersion`: there is none yet. */
export type CountTaskChange = {
  readonly cell: Cell;
  readonly expectedVersion: number | undefined;
  readonly after: CountTask | 'closed';
};

export type Lapse = { readonly to: Instant; readonly expired: readonly SoftUnits[] };

/** A reservation's next state; undefined `expectedVersion`: there is none yet. */
export type ReservationChange = {
  readonly expectedVersion: number | undefined;
  readonly after: Reservation;
};

/** All of it is written, or none: changes of distinct cells and the documents of the claims that they are made of. */
export type LedgerEntry = {
  readonly at: Instant;
  readonly changes: readonly CellChange[];
  readonly reservation?: ReservationChange;
  /** Reservations that change as members of a group. */
  readonly members?: readonly ReservationChange[];
  /** The order under which units arrive, leave or are expected; `before` undefined: there is none yet. */
  readonly supply?: { readonly before: SupplyOrder | undefined; readonly after: SupplyOrder };
  readonly groups?: readonly { readonly expected: 'absent' | 'open'; readonly after: ClaimGroup }[];
  readonly countTasks?: readonly CountTaskChange[];
};

/** What movements add up to: the change of a cell by its own, and its counters by all that it ever had. */
export const deltasOf = ({ movements }: { readonly movements: readonly MovementDeltas[] }): Counters => {
  const sumOf = (deltaOf: (movement: MovementDeltas) => number | undefined): number =>
    movements.reduce((sum, movement) => sum + (deltaOf(movement) ?? 0), 0);
  return {
    onHand: sumOf((movement) => movement.onHandDelta),
    reserved: sumOf((movement) => movement.reservedDelta),
    safetyStock: sumOf((movement) => movement.safetyStockDelta),
    quarantined: sumOf((movement) => movement.quarantinedDelta),
    inTransit: sumOf((movement) => movement.inTransitDelta),
    ringFence: sumOf((movement) => movement.ringFenceDelta),
  };
};
