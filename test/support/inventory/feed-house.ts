import { createHash } from 'node:crypto';
import { makeDynamoCellBook } from '../../../shared/inventory/adapters/dynamo-cell-book.ts';
import {
  makeDynamoCountTasks,
  makeDynamoDriftBook,
} from '../../../shared/inventory/adapters/dynamo-count-tasks.ts';
import { makeDynamoFeedStore } from '../../../shared/inventory/adapters/dynamo-feed-store.ts';
import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import {
  makeDynamoStockLedger,
  type StockTable,
} from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { checkChunk, readChunk } from '../../../shared/inventory/adapters/feed-rows.ts';
import {
  makeReceiveStock,
  makeSetOnHand,
  makeMoveStock,
} from '../../../shared/inventory/application/adjust-stock.ts';
import { makeApplyPiece } from '../../../shared/inventory/application/apply-piece.ts';
import { makeCloseFeed } from '../../../shared/inventory/application/close-feed.ts';
import type { ChunkArchive, PieceId } from '../../../shared/inventory/application/feed-ports.ts';
import { makeOpenFeed } from '../../../shared/inventory/application/open-feed.ts';
import {
  makeApproveCount,
  makeRejectCount,
  makeSubmitCount,
} from '../../../shared/inventory/application/settle-count.ts';
import { makeTakeChunk } from '../../../shared/inventory/application/take-chunk.ts';
import type { Feed, FeedKind } from '../../../shared/inventory/domain/feed.ts';
import type { NodeId, Sku } from '../../../shared/kernel/ids.ts';
import { aCell, aNode } from './builders.ts';
import { memoryClient, MemoryDynamo } from './memory-dynamo.ts';

export const FEEDER = { type: 'operator', name: 'key feeder' } as const;

/** Chunks in memory, under the same rule as in the bucket: none replaces another. */
export const makeMemoryArchive = (): ChunkArchive => {
  const kept = new Map<string, string>();
  const nameOf = ({ feedId, chunk, digest }: Parameters<ChunkArchive['get']>[0]) =>
    `${feedId}#${chunk}#${digest}`;
  return {
    put: async (chunk, text) => void kept.set(nameOf(chunk), text),
    get: async (chunk) => {
      const text = kept.get(nameOf(chunk));
      if (text === undefined) throw new Error(`${nameOf(chunk)} is not kept`);
      return text;
    },
  };
};

type About = {
  readonly kind?: FeedKind;
  readonly sequence: number;
  readonly nodeId?: string;
  readonly asOf: string;
};

/**
 * Everything that feeds go through, over a table in memory that behaves as DynamoDB does: chunks are kept in memory,
 * and pieces are applied in the order in which they are handed over.
 */
export const makeFeedHouse = (
  now: () => string,
  { skus = ['MUG', 'CUP'], nodes = ['DC', 'STORE'] }: { readonly skus?: readonly string[]; readonly nodes?: readonly string[] } = {},
  table: StockTable = { client: memoryClient(new MemoryDynamo()), tableName: 'inventory' },
) => {
  const ledger = makeDynamoStockLedger(table);
  const cells = makeDynamoCellBook(table);
  const feeds = makeDynamoFeedStore(table);
  const countTasks = makeDynamoCountTasks(table);
  const chunks = makeMemoryArchive();
  const pieces: PieceId[] = [];
  const known = {
    knownSkus: async (asked: readonly Sku[]) => new Set(asked.filter((sku) => skus.includes(sku))),
    knownNodes: async (asked: readonly NodeId[]) => new Set(asked.filter((nodeId) => nodes.includes(nodeId))),
  };
  const adjusting = { ledger, now, catalogue: known, network: known };
  const counting = { ledger, cells, countTasks, now };
  const openFeed = makeOpenFeed({ feeds, network: known, now });
  const closeFeed = makeCloseFeed({ feeds, now });
  const takeChunk = makeTakeChunk({
    feeds,
    chunks,
    queue: { send: async (sent) => void pieces.push(...sent) },
    checkChunk,
    digestOf: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const applyPiece = makeApplyPiece({ ledger, cells, feeds, countTasks, chunks, catalogue: known, network: known, readChunk, now });

  /** Works the queue off, each piece as often as `times` says: a queue may deliver twice. */
  const work = async (times = 1): Promise<void> => {
    for (const piece of pieces.splice(0)) for (let time = 0; time < times; time += 1) await applyPiece(piece);
  };

  /** Sends one feed, a chunk for each text, and works it off. */
  const send = async ({ kind = 'snapshot', sequence, nodeId, asOf }: About, ...texts: readonly string[]): Promise<Feed> => {
    const header = { kind, stream: 'stock', sequence, nodeId: nodeId === undefined ? undefined : aNode(nodeId), asOf };
    const opened = await openFeed(header, FEEDER);
    if (!opened.ok) throw new Error(opened.refusal.type);
    const { feedId } = opened.value;
    let firstRow = 2;
    for (const [index, text] of texts.entries()) {
      const taken = await takeChunk({ feedId, chunk: index + 1, firstRow, text }, FEEDER);
      if (!taken.ok) throw new Error(taken.refusal.type);
      firstRow += taken.value.rows;
    }
    await closeFeed(feedId, texts.length, FEEDER);
    await work();
    const feed = await feeds.find(feedId);
    if (feed === undefined) throw new Error('the feed has vanished');
    return feed;
  };

  return {
    table, ledger, cells, feeds, countTasks, chunks, pieces, work, send, openFeed, closeFeed, takeChunk, applyPiece,
    history: makeDynamoStockHistory(table),
    drift: makeDynamoDriftBook(table),
    receive: makeReceiveStock(adjusting),
    move: makeMoveStock(adjusting),
    setOnHand: makeSetOnHand(adjusting),
    submitCount: makeSubmitCount(counting),
    approveCount: makeApproveCount(counting),
    rejectCount: makeRejectCount(counting),
    onHand: async (sku = 'MUG', nodeId = 'DC'): Promise<number | undefined> =>
      (await ledger.findPositions([aCell(sku, nodeId)]))[0]?.onHand,
    notes: async (feedId: string) => (await feeds.listNotes(feedId, { limit: 200, cursor: undefined })).items,
  };
}; // prettier-ignore
