import * as z from 'zod';
import { nodeId, sku } from '../../contracts/scalars.ts';
import type { NodeId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { FeedChunk, NodeFeeds, PieceId, RowNote } from '../application/feed-ports.ts';
import { ROW_OUTCOMES, type Feed, type FeedTally } from '../domain/feed.ts';
import type { TableItem } from './stock-items.ts';

const numbered = (chunk: number): string => String(chunk).padStart(7, '0');

export const feedKey = (feedId: string) => ({ pk: `FEED#${feedId}`, sk: 'FEED' });
export const chunkKey = (feedId: string, chunk: number) => ({
  pk: `FEED#${feedId}`,
  sk: `CHUNK#${numbered(chunk)}`,
});
export const PIECES = 'PIECE#';
export const pieceKey = ({ feedId, chunk, nodeId: node }: PieceId) => ({
  pk: `FEED#${feedId}`,
  sk: `${PIECES}${numbered(chunk)}#${node}`,
});
export const nodeFeedsKey = (node: NodeId) => ({ pk: `FEEDNODE#${node}`, sk: 'STATE' });
export const confirmedPrefix = (asOf: Instant): string => `SEEN#${asOf}`;
export const confirmedKey = ({ feedId, chunk, nodeId: node }: PieceId, newest: Instant) => ({
  pk: `FEEDNODE#${node}`,
  sk: `${confirmedPrefix(newest)}#${feedId}#${numbered(chunk)}`,
});

/** How the counters of a tally are called on the feed's item. */
export const TALLY_FIELDS = [...ROW_OUTCOMES, 'driftedCells', 'driftedUnits', 'frozenCells'] as const;
export const tallyName = (field: keyof FeedTally): string => `tally_${field}`;

const tallyShape = Object.fromEntries(TALLY_FIELDS.map((field) => [tallyName(field), z.int()]));

const feedItem = z.object({
  feedId: z.string(),
  kind: z.enum(['snapshot', 'delta']),
  stream: z.string(),
  sequence: z.int(),
  nodeId: nodeId.optional(),
  asOf: z.string(),
  openedAt: z.string(),
  openedBy: z.string(),
  closedAt: z.string().exactOptional(),
  refused: z.string().exactOptional(),
  chunks: z.int(),
  rowsTaken: z.int(),
  pieces: z.int(),
  piecesApplied: z.int(),
  lastAppliedAt: z.string().exactOptional(),
});
const tallyItem = z.object(tallyShape);

export const feedFrom = (item: TableItem): Feed => {
  const { rowsTaken, nodeId: node, ...feed } = feedItem.parse(item);
  const counted = tallyItem.parse(item);
  const tally = (field: keyof FeedTally): number => Number(counted[tallyName(field)]);
  return {
    ...feed,
    nodeId: node,
    rows: rowsTaken,
    tally: {
      applied: tally('applied'),
      unchanged: tally('unchanged'),
      settling: tally('settling'),
      unknown: tally('unknown'),
      stale: tally('stale'),
      rejected: tally('rejected'),
      driftedCells: tally('driftedCells'),
      driftedUnits: tally('driftedUnits'),
      frozenCells: tally('frozenCells'),
    },
  };
};

const chunkItem = z.object({
  feedId: z.string(),
  chunk: z.int(),
  firstRow: z.int(),
  rows: z.int(),
  digest: z.string(),
  nodeIds: z.array(nodeId),
});
export const chunkFrom = (item: TableItem): FeedChunk => chunkItem.parse(item);

const noteShape = z.object({
  row: z.int(),
  outcome: z.enum(ROW_OUTCOMES),
  reason: z.string(),
  sku: z.string().exactOptional(),
  nodeId: z.string().exactOptional(),
  isFrozen: z.boolean().exactOptional(),
});
const pieceItem = z.object({ sk: z.string(), notes: z.array(noteShape) });
export const pieceNotesFrom = (
  item: TableItem,
): { readonly sk: string; readonly notes: readonly RowNote[] } => pieceItem.parse(item);

const nodeFeedsItem = z.object({
  version: z.int(),
  newestAsOf: z.string().exactOptional(),
  drift: z.object({ unitsOff: z.number(), unitsSeen: z.number(), at: z.string() }).exactOptional(),
});
export const nodeFeedsFrom = (item: TableItem): NodeFeeds => nodeFeedsItem.parse(item);

/** Most rows of a piece are as of one moment: they are kept as a list of SKUs, the few others with their own. */
const confirmedItem = z.object({
  asOf: z.string(),
  skus: z.array(sku),
  others: z.array(z.object({ sku, asOf: z.string() })),
});
export const confirmedFrom = (item: TableItem): z.output<typeof confirmedItem> => confirmedItem.parse(item);
