import type { OpenReservation } from './audit.ts';
import { cellKey, type Cell } from './cell.ts';
import { NO_UNITS, type Counters } from './position.ts';
import type { ClaimId } from './reservation.ts';

/**
 * What has been read of a cell so far and does not cancel out. Over the whole store every figure is zero:
 * `unexplained` = counters - movements, `unclaimed` = reserved - open claims.
 */
export type Imbalance = {
  readonly cell: Cell;
  readonly unexplained: Counters;
  readonly unclaimed: number;
  /** Claims that count here, wherever they were read. */
  readonly claims: readonly ClaimId[];
  /** Something that was read of it breaks a rule by itself. */
  readonly isSuspected: boolean;
};

/** What a page of the store says: any part of it, in any order. */
export type SheetPage = {
  /** `expired`: units of those reserved that count no longer, by the clock, though nobody has taken them off yet. */
  readonly positions: readonly (Cell & Counters & { readonly expired?: number | undefined })[];
  /** Sums of the movements on the page. */
  readonly movements: readonly (Cell & Counters)[];
  readonly openReservations: readonly OpenReservation[];
  readonly suspected: readonly Cell[];
};

const COUNTERS = ['onHand', 'reserved', 'safetyStock', 'quarantined', 'inTransit', 'ringFence'] as const;

/** `a + sign x b`, counter by counter. */
export const addCounters = (a: Counters, b: Counters, sign: 1 | -1 = 1): Counters => ({
  onHand: a.onHand + sign * b.onHand,
  reserved: a.reserved + sign * b.reserved,
  safetyStock: a.safetyStock + sign * b.safetyStock,
  quarantined: a.quarantined + sign * b.quarantined,
  inTransit: a.inTransit + sign * b.inTransit,
  ringFence: a.ringFence + sign * b.ringFence,
});

export const hasUnits = (counters: Counters): boolean => COUNTERS.some((counter) => counters[counter] !== 0);

/** Whether the cell must be looked at by itself. */
export const isSuspect = ({ unexplained, unclaimed, isSuspected }: Imbalance): boolean =>
  isSuspected || unclaimed !== 0 || hasUnits(unexplained);

/**
 * Adds up the store as it is read, page by page, stretch by stretch, in any order and in as many sheets as one likes:
 * sheets add up too. A cell is kept only as long as something of it is left or claims on it are open, so its size is
 * that of the open claims, not of the store. `explains` says whether the movements of a cell are read as well.
 */
export const makeTrialBalance = (explains: (cell: Cell) => boolean = () => true) => {
  const cells = new Map<string, Imbalance>();
  let claims = 0;

  const add = (cell: Cell, by: Partial<Omit<Imbalance, 'cell'>>): void => {
    const key = cellKey(cell);
    const known = cells.get(key);
    const more = by.claims ?? [];
    const after: Imbalance = {
      cell: { sku: cell.sku, nodeId: cell.nodeId },
      unexplained: addCounters(known?.unexplained ?? NO_UNITS, by.unexplained ?? NO_UNITS),
      unclaimed: (known?.unclaimed ?? 0) + (by.unclaimed ?? 0),
      claims: more.length === 0 ? (known?.claims ?? []) : [...(known?.claims ?? []), ...more],
      isSuspected: (known?.isSuspected ?? false) || (by.isSuspected ?? false),
    };
    claims += more.length;
    if (isSuspect(after) || after.claims.length > 0) cells.set(key, after);
    else cells.delete(key);
  };

  return {
    addPage: (page: SheetPage): void => {
      for (const movement of page.movements) {
        if (explains(movement)) add(movement, { unexplained: addCounters(NO_UNITS, movement, -1) });
      }
      for (const position of page.positions) {
        const unexplained = explains(position) ? addCounters(NO_UNITS, position) : NO_UNITS;
        add(position, { unexplained, unclaimed: position.reserved - (position.expired ?? 0) });
      }
      for (const { reservationId, quantity, ...cell } of page.openReservations)
        add(cell, { unclaimed: -quantity, claims: [reservationId] });
      for (const cell of page.suspected) add(cell, { isSuspected: true });
    },
    addSheet: (imbalances: readonly Imbalance[]): void => {
      for (const { cell, ...rest } of imbalances) add(cell, rest);
    },
    /** How much it holds: cells and claims. */
    size: (): number => cells.size + claims,
    imbalances: (): readonly Imbalance[] => [...cells.values()],
    suspects: (): readonly Imbalance[] => [...cells.values()].filter(isSuspect),
  };
};
