import type { NodeId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant, type Result } from '../../kernel/result.ts';
import type { FeedRow } from '../domain/apply-feed-row.ts';
import { cellKey } from '../domain/cell.ts';
import { addToNodeDrift } from '../domain/drift.ts';
import { checkMoment, NOTHING_TALLIED, type Feed, type FeedTally } from '../domain/feed.ts';
import { applyRows, type ApplyRowsDeps, type DecidedRow } from './apply-rows.ts';
import type { ChunkArchive, FeedStore, NodeFeeds, PieceId, RowNote } from './feed-ports.ts';
import type { Catalogue, Network } from './ports.ts';

/** A row of a chunk: what it says, or why it cannot be used, and of which node it speaks as far as that can be read. */
export type ReadFeedRow = {
  readonly row: number;
  readonly nodeId: NodeId | undefined;
  readonly entry: Result<FeedRow, string>;
};

/** Reads a chunk that has been checked when it was taken; its rows carry their number in the whole feed. */
export type ReadChunk = (feed: Feed, firstRow: number, text: string) => readonly ReadFeedRow[];

export type ApplyPieceDeps = ApplyRowsDeps & {
  readonly feeds: FeedStore;
  readonly chunks: Pick<ChunkArchive, 'get'>;
  readonly readChunk: ReadChunk;
  readonly catalogue: Catalogue;
  readonly network: Network;
};

/** What the rows of a piece came to. */
type Sifted = { readonly good: readonly FeedRow[]; readonly rejected: readonly RowNote[] };

const MOMENT = { liesInTheFuture: 'lies in the future', isTooOld: 'is more than 30 days ago' } as const;

const rejection = (row: number, reason: string, cell?: FeedRow['cell']): RowNote => ({
  row,
  outcome: 'rejected',
  reason,
  ...cell,
});

const sift = async (deps: ApplyPieceDeps, rows: readonly ReadFeedRow[], feed: Feed): Promise<Sifted> => {
  const readable = rows.flatMap(({ entry }) => (entry.ok ? [entry.value] : []));
  const [skus, nodes] = await Promise.all([
    deps.catalogue.knownSkus(readable.map(({ cell }) => cell.sku)),
    deps.network.knownNodes(readable.map(({ cell }) => cell.nodeId)),
  ]);
  const now = deps.now();
  const good: FeedRow[] = [];
  const rejected = rows.flatMap(({ row, entry }) => (entry.ok ? [] : [rejection(row, entry.refusal)]));
  const firstRowOf = new Map<string, number>();
  for (const row of readable) {
    const { sku, nodeId } = row.cell;
    const moment = checkMoment(row.asOf, now);
    const told = `${cellKey(row.cell)}@${row.asOf}`;
    const earlier = feed.kind === 'snapshot' ? firstRowOf.get(told) : undefined;
    if (!skus.has(sku)) rejected.push(rejection(row.row, `unknown SKU ${sku}`, row.cell));
    else if (!nodes.has(nodeId)) rejected.push(rejection(row.row, `unknown node ${nodeId}`, row.cell));
    else if (!moment.ok) rejected.push(rejection(row.row, `asOf: ${MOMENT[moment.refusal]}`, row.cell));
    else if (earlier !== undefined)
      rejected.push(rejection(row.row, `${sku} at ${nodeId} is in row ${earlier} already`, row.cell));
    else {
      firstRowOf.set(told, row.row);
      good.push(row);
    }
  }
  return { good, rejected };
};

/** Rows of this piece: those of its node, and, in the chunk's first piece, those that name no node to be found. */
const rowsOf = (rows: readonly ReadFeedRow[], nodeId: NodeId, nodeIds: readonly NodeId[]) => {
  const isFirst = nodeIds[0] === nodeId;
  return rows.filter((row) => row.nodeId === nodeId || (row.nodeId === undefined && isFirst));
};

const noteOf = ({ row, decision }: DecidedRow): readonly RowNote[] => {
  const { outcome, reason = '', drifted, isFreezing } = decision;
  if (outcome === 'unchanged' || outcome === 'unknown') return [];
  if (outcome === 'applied' && drifted === undefined) return [];
  const note = { row: row.row, outcome, reason, ...row.cell };
  return [isFreezing === true ? { ...note, isFrozen: true } : note];
};

const tallyOf = (rejected: number, decided: readonly DecidedRow[]): FeedTally => {
  const tally = { ...NOTHING_TALLIED, rejected };
  for (const { decision } of decided) {
    tally[decision.outcome] += 1;
    tally.driftedCells += decision.drifted === undefined ? 0 : 1;
    tally.driftedUnits += decision.drifted ?? 0;
    tally.frozenCells += decision.isFreezing === true ? 1 : 0;
  }
  return tally;
};

const nodeAfter = (
  before: NodeFeeds,
  feed: Feed,
  decided: readonly DecidedRow[],
  now: Instant,
): NodeFeeds => {
  const next = { ...before, version: before.version + 1 };
  if (feed.kind === 'delta') return next;
  const told = decided.flatMap(({ row, decision }) => (decision.expected === undefined ? [] : [row.asOf]));
  const newestAsOf = told.reduce(
    (newest, asOf) => (newest === undefined || asOf > newest ? asOf : newest),
    before.newestAsOf,
  );
  const seen = decided.reduce((sum, { decision }) => sum + (decision.expected ?? 0), 0);
  const off = decided.reduce((sum, { decision }) => sum + (decision.drifted ?? 0), 0);
  return {
    ...next,
    ...(newestAsOf === undefined ? {} : { newestAsOf }),
    drift: addToNodeDrift(before.drift, { off, seen }, now),
  };
};

/**
 * Applies one node's rows of one chunk, and keeps what came of each. It may come again, or have been cut off half way:
 * rows that are applied are found so, and the result is kept once. Pieces of one node must come one after the other.
 */
export const makeApplyPiece =
  (deps: ApplyPieceDeps) =>
  async (piece: PieceId): Promise<void> => {
    if (await deps.feeds.isApplied(piece)) return;
    const [feed, chunk, node] = await Promise.all([
      deps.feeds.find(piece.feedId),
      deps.feeds.findChunk(piece.feedId, piece.chunk),
      deps.feeds.findNode(piece.nodeId),
    ]);
    if (feed === undefined || chunk === undefined)
      throw new BrokenInvariant(`chunk ${piece.chunk} of ${piece.feedId} is not registered`);
    const rows = deps.readChunk(feed, chunk.firstRow, await deps.chunks.get(chunk));
    const { good, rejected } = await sift(deps, rowsOf(rows, piece.nodeId, chunk.nodeIds), feed);
    const decided = await applyRows(deps, {
      kind: feed.kind,
      nodeId: piece.nodeId,
      source: { feedId: feed.feedId, pieceId: `${feed.feedId}#${piece.chunk}`, actor: feed.openedBy },
      newestAsOf: node.newestAsOf,
      rows: good,
    });
    const at = deps.now();
    const confirmed =
      feed.kind === 'delta' ? [] : decided.filter(({ decision }) => decision.outcome === 'unchanged');
    await deps.feeds.finish({
      ...piece,
      at,
      tally: tallyOf(rejected.length, decided),
      notes: [...rejected, ...decided.flatMap(noteOf)].sort((a, b) => a.row - b.row),
      confirmed: confirmed.map(({ row }) => ({ sku: row.cell.sku, asOf: row.asOf })),
      node: nodeAfter(node, feed, decided, at),
    });
  };
