import { GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { orderId as orderIdSchema } from '../../contracts/scalars.ts';
import type { OrderId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok } from '../../kernel/result.ts';
import { decodeCursor, encodeCursor, startKey, type TableKey } from '../../platform/dynamo/cursor.ts';
import { factsItemSchema } from '../../platform/facts/facts-item.ts';
import type {
  OrderFilter,
  OrderHistory,
  OrderQueries,
  OrderSummary,
  TimelineEntry,
} from '../application/ports.ts';
import { phasesOf, type Phase } from '../domain/status.ts';
import type { OrdersTable } from './dynamo-order-store.ts';
import { mergeLanes, type Lane } from './merge-lanes.ts';
import {
  backorderPartition,
  ENDING_BACKORDERS,
  lanePartition,
  partitionOf,
  PHASES,
  readIndexEntry,
  readState,
  readStated,
  SHARDS,
  STATE_KEY,
  STATED_KEY,
  WIDE_BACKORDERS,
} from './order-items.ts';

/** A page of a rare filter ends, with a cursor, when it has looked at this many entries. */
const ENTRIES_PER_PAGE = 2_000;
/** Before every date; after every date and every order id. */
const FIRST = '0';
const LAST = '~';

type Range = { readonly low: string; readonly high: string };
type Key = Record<string, unknown> | undefined;

const laneOf = (table: OrdersTable, phase: Phase, shard: number, range: Range, chunk: number): Lane => {
  let from: Key;
  let isRead = false;
  return {
    read: async () => {
      if (isRead) return undefined;
      const answer = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          IndexName: 'gsi1',
          KeyConditionExpression: 'gsi1pk = :lane AND gsi1sk BETWEEN :low AND :high',
          ExpressionAttributeValues: {
            ':lane': lanePartition(phase, shard),
            ':low': range.low,
            ':high': range.high,
          },
          ScanIndexForward: false,
          Limit: chunk,
          ExclusiveStartKey: from,
        }),
      );
      from = answer.LastEvaluatedKey;
      isRead = from === undefined;
      return (answer.Items ?? []).map(readIndexEntry);
    },
  };
};

const lanesOf = (table: OrdersTable, phases: readonly Phase[], range: Range, chunk: number) =>
  phases.flatMap((phase) =>
    Array.from({ length: SHARDS }, (_, shard) => laneOf(table, phase, shard, range, chunk)),
  );

export const matches = (filter: OrderFilter, summary: OrderSummary): boolean =>
  (filter.status === undefined || filter.status === summary.status) &&
  (filter.channel === undefined || filter.channel === summary.channel) &&
  (filter.node === undefined || summary.nodes.includes(filter.node));

const listCursor = z.object({ after: z.string() });

const list =
  (table: OrdersTable): OrderQueries['list'] =>
  async (filter, page) => {
    const decoded = decodeCursor(page.cursor);
    if (!decoded.ok) return decoded;
    const after = listCursor.safeParse(decoded.value).data?.after;
    const range = { low: filter.from ?? FIRST, high: after ?? `${filter.to ?? ''}${LAST}` };
    if (range.low > range.high) return ok({ items: [], cursor: undefined });
    const phases = filter.status === undefined ? PHASES : phasesOf(filter.status);
    const chunk = Math.max(10, Math.ceil((2 * page.limit) / (phases.length * SHARDS)));
    const items: OrderSummary[] = [];
    const seen = new Set<string>();
    let looked = 0;
    let last: string | undefined;
    for await (const { sortKey, summary } of mergeLanes(lanesOf(table, phases, range, chunk))) {
      if (sortKey === after) continue;
      if (items.length === page.limit || looked === ENTRIES_PER_PAGE)
        return ok({ items, cursor: encodeCursor(last === undefined ? undefined : { after: last }) });
      looked += 1;
      last = sortKey;
      // An order that changes its phase meanwhile may be met in both.
      if (!seen.has(summary.orderId) && matches(filter, summary)) items.push(summary);
      seen.add(summary.orderId);
    }
    return ok({ items, cursor: undefined });
  };

const listWaitingSince = async (
  table: OrdersTable,
  before: Instant,
  limit: number,
): Promise<readonly OrderId[]> => {
  const found: OrderSummary[] = [];
  const lanes = lanesOf(table, ['waiting'], { low: FIRST, high: LAST }, 200);
  for await (const { summary } of mergeLanes(lanes)) if (summary.updatedAt < before) found.push(summary);
  return found
    .slice(-limit)
    .reverse()
    .map((summary) => summary.orderId);
};

const queryAll = async (
  table: OrdersTable,
  query: Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>,
): Promise<readonly Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = [];
  let from: Key;
  do {
    const answer = await table.client.send(
      new QueryCommand({ TableName: table.tableName, ...query, ExclusiveStartKey: from }),
    );
    items.push(...(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};

const timelineOf = (image: unknown): readonly TimelineEntry[] => {
  const { at, version, facts } = factsItemSchema.parse(image);
  return facts.map(({ detailType, data }) => ({ at, type: detailType, version, data }));
};

const findHistory = async (table: OrdersTable, orderId: OrderId): Promise<OrderHistory | undefined> => {
  const items = await queryAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partitionOf(orderId) },
    ConsistentRead: true,
  });
  const state = items.find((item) => item['sk'] === STATE_KEY);
  const stated = items.find((item) => item['sk'] === STATED_KEY);
  if (state === undefined || stated === undefined) return undefined;
  const timeline = items.filter((item) => item['entity'] === 'facts').flatMap(timelineOf);
  return { order: readState(state), stated: readStated(stated), timeline };
};

const backorder = z.object({ sk: z.string(), orderId: orderIdSchema, skus: z.array(z.string()).optional() });

const listBackorders = async (table: OrdersTable, sku: Sku, limit: number): Promise<readonly OrderId[]> => {
  const [narrow, wide] = await Promise.all([
    table.client
      .send(
        new QueryCommand({
          TableName: table.tableName,
          KeyConditionExpression: 'pk = :sku',
          ExpressionAttributeValues: { ':sku': backorderPartition(sku) },
          ConsistentRead: true,
          Limit: limit,
        }),
      )
      .then((answer) => answer.Items ?? []),
    queryAll(table, {
      KeyConditionExpression: 'pk = :wide',
      FilterExpression: 'contains(skus, :sku)',
      ExpressionAttributeValues: { ':wide': WIDE_BACKORDERS, ':sku': sku },
      ConsistentRead: true,
    }),
  ]);
  return [...narrow, ...wide]
    .map((item) => backorder.parse(item))
    .sort((one, other) => (one.sk < other.sk ? -1 : 1))
    .slice(0, limit)
    .map((entry) => entry.orderId);
};

const endingBackorder = z.object({ orderId: orderIdSchema });

const listEndingBackorders = async (
  table: OrdersTable,
  at: Instant,
  limit: number,
): Promise<readonly OrderId[]> => {
  const found: OrderId[] = [];
  let from: Key;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :ending AND sk <= :at',
        ExpressionAttributeValues: { ':ending': ENDING_BACKORDERS, ':at': `${at}${LAST}` },
        Limit: limit - found.length,
        ExclusiveStartKey: from,
      }),
    );
    for (const item of answer.Items ?? []) found.push(endingBackorder.parse(item).orderId);
    from = answer.LastEvaluatedKey;
  } while (from !== undefined && found.length < limit);
  return found;
};

const listAll =
  (table: OrdersTable): OrderQueries['listAll'] =>
  async (page) => {
    const from = startKey(page.cursor, {});
    if (!from.ok) return from;
    const answer = await table.client.send(
      new ScanCommand({
        TableName: table.tableName,
        FilterExpression: 'entity = :order',
        ExpressionAttributeValues: { ':order': 'order' },
        // Entries looked at, of which some five belong to one order: a page holds at most `limit` orders.
        Limit: page.limit,
        ExclusiveStartKey: from.value,
      }),
    );
    return ok({
      items: (answer.Items ?? []).map(readState),
      cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
    });
  };

/** Reads of the orders table, for this context and for those that need to know where an order goes. */
export const makeDynamoOrderQueries = (table: OrdersTable): OrderQueries => ({
  list: list(table),
  listWaitingSince: (before, limit) => listWaitingSince(table, before, limit),
  findHistory: (orderId) => findHistory(table, orderId),
  findShipping: async (orderId) => {
    const answer = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: { pk: partitionOf(orderId), sk: STATED_KEY } }),
    );
    if (answer.Item === undefined) return undefined;
    const { shipTo, shippingService } = readStated(answer.Item).order;
    return { shipTo, shippingService };
  },
  listBackorders: (sku, limit) => listBackorders(table, sku, limit),
  listEndingBackorders: (at, limit) => listEndingBackorders(table, at, limit),
  listAll: listAll(table),
});
