import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { BrokenInvariant } from '../../kernel/result.ts';
import { transact, type TransactionAction } from '../../platform/dynamo/transact.ts';
import type { FeedStore, PieceResult } from '../application/feed-ports.ts';
import { feedIdOf, NOTHING_TALLIED, type FeedTally } from '../domain/feed.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import {
  chunkFrom,
  chunkKey,
  confirmedKey,
  feedFrom,
  feedKey,
  nodeFeedsFrom,
  nodeFeedsKey,
  pieceKey,
  TALLY_FIELDS,
  tallyName,
} from './feed-items.ts';
import { makeConfirmations, makeNotes } from './feed-lists.ts';
import type { TableItem } from './stock-items.ts';

/** Results are kept this long, what snapshots confirmed as long as older figures are taken. */
const KEPT_DAYS = 90;
const CONFIRMED_DAYS = 31;
const expiresIn = (days: number, at: string): number => Math.floor(Date.parse(at) / 1000) + days * 86_400;

const NOT_THERE = { ConditionExpression: 'attribute_not_exists(pk)' };
const IS_OPEN = 'attribute_exists(pk) AND attribute_not_exists(closedAt) AND attribute_not_exists(refused)';

const tallied = (tally: FeedTally): Record<string, number> =>
  Object.fromEntries(TALLY_FIELDS.map((field) => [tallyName(field), tally[field]]));

/** What the result of a piece is made of; the feed's tally counts it in the same transaction. */
const resultActions = (tableName: string, result: PieceResult): readonly TransactionAction[] => {
  const { at, tally, notes, node } = result;
  const added = TALLY_FIELDS.filter((field) => tally[field] !== 0);
  const { version } = node;
  return [
    {
      Put: {
        TableName: tableName,
        Item: { ...pieceKey(result), entity: 'feedPiece', notes, at, expiresAt: expiresIn(KEPT_DAYS, at) },
        ...NOT_THERE,
      },
    },
    {
      Update: {
        TableName: tableName,
        Key: feedKey(result.feedId),
        UpdateExpression: `SET lastAppliedAt = :at ADD piecesApplied :one${added.map((field) => `, ${tallyName(field)} :${field}`).join('')}`,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: {
          ':at': at,
          ':one': 1,
          ...Object.fromEntries(added.map((field) => [`:${field}`, tally[field]])),
        },
      },
    },
    {
      Put: {
        TableName: tableName,
        Item: { ...nodeFeedsKey(result.nodeId), entity: 'nodeFeeds', ...node },
        ...(version === 1
          ? NOT_THERE
          : {
              ConditionExpression: 'version = :before',
              ExpressionAttributeValues: { ':before': version - 1 },
            }),
      },
    },
    ...confirmedActions(tableName, result),
  ];
};

const confirmedActions = (
  tableName: string,
  { confirmed, at, ...piece }: PieceResult,
): readonly TransactionAction[] => {
  const [first] = confirmed;
  if (first === undefined) return [];
  const newest = confirmed.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), first.asOf);
  const skus = confirmed.filter(({ asOf }) => asOf === newest).map(({ sku }) => sku);
  const others = confirmed.filter(({ asOf }) => asOf !== newest);
  return [
    {
      Put: {
        TableName: tableName,
        Item: {
          ...confirmedKey(piece, newest),
          entity: 'confirmed',
          asOf: newest,
          skus,
          others,
          expiresAt: expiresIn(CONFIRMED_DAYS, at),
        },
      },
    },
  ];
};

/** Feeds in the inventory table; every write is one conditional transaction. */
export const makeDynamoFeedStore = (table: StockTable): FeedStore => {
  const { client, tableName } = table;
  const write = (actions: readonly TransactionAction[]) => transact(client, actions, table.wait);
  const get = async (Key: Record<string, string>): Promise<TableItem | undefined> =>
    (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
  const find: FeedStore['find'] = async (feedId) => {
    const item = await get(feedKey(feedId));
    return item === undefined ? undefined : feedFrom(item);
  };
  const findChunk: FeedStore['findChunk'] = async (feedId, chunk) => {
    const item = await get(chunkKey(feedId, chunk));
    return item === undefined ? undefined : chunkFrom(item);
  };
  const endWith = (
    feedId: string,
    name: 'closedAt' | 'refused',
    value: string,
    condition: string,
    values = {},
  ) =>
    write([
      {
        Update: {
          TableName: tableName,
          Key: feedKey(feedId),
          UpdateExpression: `SET ${name} = :value`,
          ConditionExpression: condition,
          ExpressionAttributeValues: { ':value': value, ...values },
        },
      },
    ]);

  return {
    find,
    findChunk,
    open: async (header, openedBy, at) => {
      const feedId = feedIdOf(header);
      const item = {
        ...header,
        feedId,
        openedAt: at,
        openedBy,
        chunks: 0,
        rowsTaken: 0,
        pieces: 0,
        piecesApplied: 0,
        ...tallied(NOTHING_TALLIED),
      };
      await write([
        {
          Put: {
            TableName: tableName,
            Item: { ...feedKey(feedId), entity: 'feed', ...item, expiresAt: expiresIn(KEPT_DAYS, at) },
            ...NOT_THERE,
          },
        },
      ]);
      const stored = await find(feedId);
      if (stored === undefined) throw new BrokenInvariant(`feed ${feedId} has vanished`);
      return stored;
    },
    register: async (chunk) => {
      const feed = feedKey(chunk.feedId);
      const written = await write([
        {
          Put: {
            TableName: tableName,
            Item: { ...chunkKey(chunk.feedId, chunk.chunk), entity: 'feedChunk', ...chunk },
            ...NOT_THERE,
          },
        },
        {
          Update: {
            TableName: tableName,
            Key: feed,
            UpdateExpression: 'ADD chunks :one, rowsTaken :rows, pieces :pieces',
            ConditionExpression: IS_OPEN,
            ExpressionAttributeValues: { ':one': 1, ':rows': chunk.rows, ':pieces': chunk.nodeIds.length },
          },
        },
      ]);
      if (written.written) return 'new';
      const known = await findChunk(chunk.feedId, chunk.chunk);
      if (known === undefined) return 'closed';
      return known.digest === chunk.digest && known.firstRow === chunk.firstRow ? 'known' : 'different';
    },
    close: async (feedId, chunks, at) => {
      const closed = await endWith(feedId, 'closedAt', at, `${IS_OPEN} AND chunks = :chunks`, {
        ':chunks': chunks,
      });
      if (closed.written) return true;
      const feed = await find(feedId);
      return feed?.closedAt !== undefined && feed.chunks === chunks;
    },
    refuse: async (feedId, reason, _at) => {
      await endWith(feedId, 'refused', reason, IS_OPEN);
    },
    isApplied: async (piece) => (await get(pieceKey(piece))) !== undefined,
    finish: async (result) => {
      const written = await write(resultActions(tableName, result));
      if (written.written || (await get(pieceKey(result))) !== undefined) return;
      throw new Error(`another piece of node ${result.nodeId} was applied meanwhile`);
    },
    findNode: async (nodeId) => {
      const item = await get(nodeFeedsKey(nodeId));
      return item === undefined ? { version: 0 } : nodeFeedsFrom(item);
    },
    confirmedSince: makeConfirmations(table),
    listNotes: makeNotes(table),
  };
};
