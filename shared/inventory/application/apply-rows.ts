import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import {
  decideDeltaRow,
  decideSnapshotRow,
  needsMovements,
  type FeedRow,
  type FeedSource,
  type RowDecision,
} from '../domain/apply-feed-row.ts';
import { cellKey } from '../domain/cell.ts';
import { raiseCountTask } from '../domain/count-task.ts';
import type { FeedKind } from '../domain/feed.ts';
import { horizonOf } from '../domain/reconcile.ts';
import type { ToldPosition } from '../domain/told.ts';
import type { CellBook, CountTasks, FeedStore } from './feed-ports.ts';
import { inLanes } from './in-lanes.ts';
import type { Clock, StockLedger } from './ports.ts';

export type ApplyRowsDeps = {
  readonly ledger: Pick<StockLedger, 'commit' | 'cellsPerEntry'>;
  readonly cells: CellBook;
  readonly feeds: Pick<FeedStore, 'confirmedSince'>;
  readonly countTasks: Pick<CountTasks, 'find'>;
  readonly now: Clock;
};

/** The rows of one node's piece. No two of them tell of the same cell as of the same moment. */
export type RowsOfNode = {
  readonly kind: FeedKind;
  readonly nodeId: NodeId;
  readonly source: FeedSource;
  /** The newest moment that a snapshot of the node has told of. */
  readonly newestAsOf: Instant | undefined;
  readonly rows: readonly FeedRow[];
};

export type DecidedRow = { readonly row: FeedRow; readonly decision: RowDecision };

/** Others may change a cell between reading and writing it; so often in a row only if something is wrong. */
const ATTEMPTS = 20;

/** The first row of each cell, the second of each, and so on: a transaction takes a cell once. */
const roundsOf = (rows: readonly FeedRow[]): readonly (readonly FeedRow[])[] => {
  const rounds: FeedRow[][] = [];
  const turns = new Map<string, number>();
  for (const row of rows.toSorted((a, b) => Date.parse(a.asOf) - Date.parse(b.asOf))) {
    const turn = turns.get(cellKey(row.cell)) ?? 0;
    turns.set(cellKey(row.cell), turn + 1);
    (rounds[turn] ??= []).push(row);
  }
  return rounds;
};

const packsOf = <Entry>(entries: readonly Entry[], size: number): readonly (readonly Entry[])[] =>
  Array.from({ length: Math.ceil(entries.length / size) }, (_, index) =>
    entries.slice(index * size, (index + 1) * size),
  );

const later = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** What a cell's row is decided on, read afresh. */
type Decide = (row: FeedRow, known: ToldPosition | undefined) => Promise<RowDecision>;

/** One row on its own, decided afresh whenever somebody else was quicker. A freeze comes together with its task. */
const applyAlone = async (deps: ApplyRowsDeps, decide: Decide, row: FeedRow): Promise<RowDecision> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [known] = await deps.cells.findCells([row.cell]);
    const decision = await decide(row, known);
    if (decision.change === undefined) return decision;
    const at = deps.now();
    const isTaskNeeded = decision.isFreezing === true && (await deps.countTasks.find(row.cell)) === undefined;
    const task = isTaskNeeded
      ? [{ cell: row.cell, expectedVersion: undefined, after: raiseCountTask(row.cell, decision.reason ?? '', at) }]
      : []; // prettier-ignore
    const written = await deps.ledger.commit({ at, changes: [decision.change], countTasks: task });
    if (written.ok || written.refusal.keyUsed.length > 0) return decision;
    if (decision.otherwise !== undefined) return { outcome: 'rejected', reason: decision.otherwise };
  }
  throw new BrokenInvariant(`position ${cellKey(row.cell)} never stands still`);
};

/**
 * Applies rows to their cells: those that change something many in a transaction, each on its own where that is
 * refused. What changes nothing costs one read.
 */
export const applyRows = async (
  deps: ApplyRowsDeps,
  { kind, nodeId, source, newestAsOf, rows }: RowsOfNode,
): Promise<readonly DecidedRow[]> => {
  const isLate = ({ asOf }: FeedRow): boolean =>
    newestAsOf !== undefined && (kind === 'delta' ? asOf <= newestAsOf : asOf < newestAsOf);
  const late = rows.filter(isLate).map(({ asOf }) => asOf);
  const earliest = late.reduce<Instant | undefined>(
    (least, asOf) => (least === undefined || asOf < least ? asOf : least),
    undefined,
  );
  const confirmed: ReadonlyMap<Sku, Instant> =
    earliest === undefined ? new Map() : await deps.feeds.confirmedSince(nodeId, earliest);

  const decide: Decide = async (row, known) => {
    const lastTold = later(known?.told?.asOf, confirmed.get(row.cell.sku));
    const context = { known, lastTold, movements: [], now: deps.now() };
    if (kind === 'delta') return decideDeltaRow(row, source, context);
    const movements = needsMovements(row, known)
      ? await deps.cells.movementsSince(row.cell, horizonOf(row.asOf))
      : [];
    return decideSnapshotRow(row, source, { ...context, movements });
  };

  const applyPack = async (pack: readonly DecidedRow[]): Promise<readonly DecidedRow[]> => {
    const changes = pack.flatMap(({ decision }) => decision.change ?? []);
    const written = await deps.ledger.commit({ at: deps.now(), changes });
    if (written.ok) return pack;
    const alone: DecidedRow[] = [];
    for (const { row } of pack) alone.push({ row, decision: await applyAlone(deps, decide, row) });
    return alone;
  };

  const done: DecidedRow[] = [];
  for (const round of roundsOf(rows)) {
    const known = new Map(
      (await deps.cells.findCells(round.map(({ cell }) => cell))).map((found) => [cellKey(found), found]),
    );
    const decided = await inLanes(round, async (row) => ({
      row,
      decision: await decide(row, known.get(cellKey(row.cell))),
    }));
    const needsCare = ({ decision }: DecidedRow): boolean =>
      decision.isFreezing === true || decision.otherwise !== undefined;
    const changing = decided.filter(({ decision }) => decision.change !== undefined);
    const packs = packsOf(changing.filter((one) => !needsCare(one)), deps.ledger.cellsPerEntry); // prettier-ignore
    done.push(...decided.filter(({ decision }) => decision.change === undefined));
    done.push(...(await inLanes(packs, applyPack)).flat());
    done.push(
      ...(await inLanes(changing.filter(needsCare), async ({ row }) => ({
        row,
        decision: await applyAlone(deps, decide, row),
      }))),
    );
  }
  return done;
};
