import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from './cell.ts';
import { DRIFT_LIMIT, scoreDrift } from './drift.ts';
import type { RowOutcome } from './feed.ts';
import type { CellChange } from './ledger-entry.ts';
import { horizonOf, reconcile, type BookedMovement } from './reconcile.ts';
import type { ToldPosition } from './told.ts';

/** What a row says of a cell: how many there are, or by how many they have changed. */
export type FeedRow = {
  readonly row: number;
  readonly cell: Cell;
  readonly asOf: Instant;
  /** Undefined: not known, which is not zero. */
  readonly units: number | undefined;
};

/** Where a row comes from: its feed, the piece of it that is applied at once, and who sent it. */
export type FeedSource = { readonly feedId: string; readonly pieceId: string; readonly actor: string };

/** What is known of the cell that a row speaks of. */
export type FeedContext = {
  readonly known: ToldPosition | undefined;
  /** As of when an absolute figure of this cell was last taken, whether it changed anything or not. */
  readonly lastTold: Instant | undefined;
  /** The cell's movements since `horizonOf` the row's moment; they are asked for by `needsMovements`. */
  readonly movements: readonly BookedMovement[];
  readonly now: Instant;
};

export type RowDecision = {
  readonly outcome: RowOutcome;
  readonly change?: CellChange;
  readonly reason?: string;
  /** What we thought was on hand then. */
  readonly expected?: number;
  /** On a cell that we had known: how many units it was off by. */
  readonly drifted?: number;
  readonly isFreezing?: boolean;
  /** Why the row is rejected when its change is refused and has not been made before. */
  readonly otherwise?: string;
};

/** Whether a snapshot's row has to be compared with single movements: only if any may lie near its moment, or after. */
export const needsMovements = ({ asOf }: FeedRow, known: ToldPosition | undefined): boolean => {
  if (known === undefined || known.changedAt < horizonOf(asOf)) return false;
  return known.told?.version !== known.version || known.told.asOf > asOf;
};

const toldFrom = (known: ToldPosition | undefined): CellChange['guard'] => ({
  type: 'toldFrom',
  position: known === undefined ? undefined : { onHand: known.onHand, asOf: known.told?.asOf },
});

const staleOf = (row: FeedRow, lastTold: Instant): RowDecision => ({
  outcome: 'stale',
  reason: `as of ${row.asOf}: the figure as of ${lastTold} is as new`,
});

const frozenBy = (row: FeedRow, source: FeedSource, reason: string, now: Instant) => ({
  freeze: { reason, since: now },
  movement: {
    movementId: `freeze:${source.feedId}:${row.row}`,
    kind: 'freeze' as const,
    onHandDelta: 0,
    reservedDelta: 0,
    document: source.feedId,
    actor: source.actor,
    reason,
  },
});

const setTo = (row: FeedRow, units: number, source: FeedSource, context: FeedContext): RowDecision => {
  const { known, movements, now } = context;
  const { expected, difference, isSettling } = reconcile(known?.onHand ?? 0, movements, {
    onHand: units,
    asOf: row.asOf,
  });
  if (isSettling)
    return {
      outcome: 'settling',
      expected,
      reason: `${units} told, ${expected} expected: bookings of these minutes may explain it`,
    };
  if (difference === 0 && known !== undefined) return { outcome: 'unchanged', expected };
  const drift = known === undefined ? undefined : scoreDrift(known.drift, { expected, found: units }, now);
  const isFreezing = drift !== undefined && drift.score >= DRIFT_LIMIT && known?.frozen === undefined;
  const reason = `${units} told, ${expected} expected: ${difference > 0 ? '+' : ''}${difference}`;
  const frozen = isFreezing ? frozenBy(row, source, `drift ${drift.score.toFixed(2)}`, now) : undefined;
  return {
    outcome: 'applied',
    expected,
    reason,
    isFreezing,
    ...(known === undefined ? {} : { drifted: Math.abs(difference) }),
    change: {
      cell: row.cell,
      guard: toldFrom(known),
      told: { asOf: row.asOf, by: source.pieceId, difference, version: (known?.version ?? 0) + 1 },
      ...(drift === undefined ? {} : { drift }),
      ...(frozen === undefined ? {} : { freeze: frozen.freeze }),
      movements: [
        {
          movementId: `snapshot:${source.feedId}:${row.row}`,
          kind: 'snapshot',
          onHandDelta: difference,
          reservedDelta: 0,
          onHandAfter: (known?.onHand ?? 0) + difference,
          asOf: row.asOf,
          document: source.feedId,
          actor: source.actor,
          reason,
        },
        ...(frozen === undefined ? [] : [frozen.movement]),
      ],
    },
  };
};

const brokenCell = (problem: string): RowDecision => ({
  outcome: 'rejected',
  reason: `the position cannot be read: ${problem}`,
});

/** An absolute figure: only its difference to the ledger as of its moment is applied, and only the newest one. */
export const decideSnapshotRow = (row: FeedRow, source: FeedSource, context: FeedContext): RowDecision => {
  const { known, lastTold } = context;
  if (row.units === undefined) return { outcome: 'unknown' };
  if (known?.problem !== undefined) return brokenCell(known.problem);
  if (known?.told?.by === source.pieceId && known.told.asOf === row.asOf)
    return {
      outcome: 'applied',
      ...(known.drift === undefined ? {} : { drifted: Math.abs(known.told.difference) }),
    };
  if (lastTold !== undefined && lastTold >= row.asOf) return staleOf(row, lastTold);
  return setTo(row, row.units, source, context);
};

/** Units that came or went: applied once, unless an absolute figure of that moment or a later one has them already. */
export const decideDeltaRow = (row: FeedRow, source: FeedSource, context: FeedContext): RowDecision => {
  const { known, lastTold } = context;
  if (row.units === undefined) return { outcome: 'unknown' };
  if (known?.problem !== undefined) return brokenCell(known.problem);
  if (row.units === 0) return { outcome: 'unchanged' };
  if (lastTold !== undefined && lastTold >= row.asOf) return staleOf(row, lastTold);
  const onHand = known?.onHand ?? 0;
  const isCovered = onHand + row.units >= 0;
  const movementId = `delta:${source.feedId}:${row.row}`;
  return {
    outcome: 'applied',
    // It is tried all the same: a piece that was cut off may have applied it before.
    ...(isCovered ? {} : { otherwise: `takes ${-row.units} units of ${onHand} on hand` }),
    change: {
      cell: row.cell,
      guard: isCovered ? toldFrom(known) : { type: 'covered' },
      onceKey: movementId,
      movements: [
        {
          movementId,
          kind: 'delta',
          onHandDelta: row.units,
          reservedDelta: 0,
          asOf: row.asOf,
          document: source.feedId,
          actor: source.actor,
        },
      ],
    },
  };
};
