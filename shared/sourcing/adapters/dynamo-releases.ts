import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { factOf } from '../../contracts/events/fact.ts';
import { orderReleased } from '../../contracts/sourcing/events.ts';
import { release as storedRelease } from '../../contracts/sourcing/releases.ts';
import { sourcingPlan, sourcingRequest } from '../../contracts/sourcing/tasks.ts';
import { priorityRank } from '../../kernel/order-priority.ts';
import { transact } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { Release, ReleaseBook, ReleaseQueue, WaitingOrder } from '../application/release-ports.ts';

type Table = {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly now: () => number;
};

const DAYS_KEPT = 30;
const RELEASES_KEPT_DAYS = 400;
const NEW = { ConditionExpression: 'attribute_not_exists(pk)' };

const limits = z.object({
  ordersPerDay: z.number().optional(),
  linesPerDay: z.number().optional(),
  unitsPerDay: z.number().optional(),
});
const plannedLoad = z.object({
  nodeId: z.string(),
  day: z.string(),
  load: z.object({ orders: z.int(), lines: z.int(), units: z.int() }),
  limits,
});
const storedEntry = z.object({
  request: sourcingRequest,
  strategyId: z.string(),
  since: z.string(),
  version: z.int(),
  released: z.object({ releaseId: z.string(), plan: sourcingPlan, loads: z.array(plannedLoad) }).optional(),
});

const partition = (reservationId: string): string => `RELEASING#${reservationId}`;
const entryKey = (reservationId: string) => ({ pk: partition(reservationId), sk: 'ENTRY' });
const waitingKey = (strategyId: string): string => `WAITING#${strategyId}`;

/** True when it was written, false when its condition did not hold. */
const writtenIf = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const queryAll = async (
  { client, tableName }: Table,
  query: Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>,
  limit: number,
): Promise<readonly Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        ...query,
        Limit: limit - items.length,
        ExclusiveStartKey: from,
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && items.length < limit);
  return items;
};

/** One item an order; only while it waits it lies in the index, under its strategy, by priority and then by age. */
export const makeDynamoReleaseQueue = (table: Table): ReleaseQueue => {
  const { client, tableName: TableName, now } = table;
  const itemOf = (order: WaitingOrder) => ({
    ...entryKey(order.request.reservationId),
    entity: 'waitingOrder',
    ...order,
    expiresAt: Math.floor(now() / 1000) + DAYS_KEPT * 86_400,
  });
  return {
    find: async (reservationId) => {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: entryKey(reservationId), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : storedEntry.parse(Item);
    },
    add: async (order) => {
      const { priority, reservationId } = order.request;
      await writtenIf(
        client.send(
          new PutCommand({
            TableName,
            Item: {
              ...itemOf(order),
              gsi1pk: waitingKey(order.strategyId),
              gsi1sk: `${priorityRank(priority)}#${order.since}#${reservationId}`,
            },
            ...(order.version === 1
              ? NEW
              : {
                  ConditionExpression: 'version = :before',
                  ExpressionAttributeValues: { ':before': order.version - 1 },
                }),
          }),
        ),
      );
    },
    list: async (strategyId, limit) =>
      (
        await queryAll(
          table,
          {
            IndexName: 'gsi1',
            KeyConditionExpression: 'gsi1pk = :pk',
            ExpressionAttributeValues: { ':pk': waitingKey(strategyId) },
          },
          limit,
        )
      ).map((image) => storedEntry.parse(image)),
    release: async (order, released, at) => {
      const { reservationId, orderId, revision } = order.request;
      const version = order.version + 1;
      const { releaseId } = released;
      const { written } = await transact(client, [
        {
          Put: {
            TableName,
            Item: { ...itemOf({ ...order, version }), released: { ...released, loads: [...released.loads] } },
            ConditionExpression: 'version = :before',
            ExpressionAttributeValues: { ':before': order.version },
          },
        },
        {
          Put: {
            TableName,
            Item: factsItem({
              pk: partition(reservationId),
              aggregateId: reservationId,
              version,
              at,
              facts: [factOf(orderReleased, { orderId, revision, reservationId, releaseId })],
            }),
            ...NEW,
          },
        },
      ]);
      return written;
    },
    remove: async (reservationId) => {
      await client.send(new DeleteCommand({ TableName, Key: entryKey(reservationId) }));
    },
  };
};

const strategyOf = (releaseId: string): string => releaseId.slice(0, releaseId.lastIndexOf('.'));
const releaseKey = (releaseId: string) => ({ pk: `RELEASES#${strategyOf(releaseId)}`, sk: releaseId });

/** A release's id ends with its time, so that the releases of a strategy lie in their order. */
export const makeDynamoReleaseBook = (table: Table): ReleaseBook => {
  const { client, tableName: TableName, now } = table;
  const itemOf = (release: Release) => ({
    ...releaseKey(release.releaseId),
    entity: 'release',
    ...release,
    expiresAt: Math.floor(now() / 1000) + RELEASES_KEPT_DAYS * 86_400,
  });
  return {
    open: (release) =>
      writtenIf(
        client.send(
          new PutCommand({
            TableName,
            Item: itemOf(release),
            ConditionExpression: 'attribute_not_exists(pk) OR (#status = :running AND #until < :now)',
            ExpressionAttributeNames: { '#status': 'status', '#until': 'until' },
            ExpressionAttributeValues: { ':running': 'running', ':now': release.startedAt },
          }),
        ),
      ),
    close: async (release) => {
      await client.send(
        new PutCommand({
          TableName,
          Item: itemOf(release),
          // Whoever took it over in the meantime says how it ended.
          ConditionExpression: '#until = :until',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':until': release.until },
        }),
      );
    },
    find: async (releaseId) => {
      const { Item } = await client.send(new GetCommand({ TableName, Key: releaseKey(releaseId) }));
      return Item === undefined ? undefined : storedRelease.parse(Item);
    },
    list: async (strategyId, limit) =>
      (
        await queryAll(
          table,
          {
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': `RELEASES#${strategyId}` },
            ScanIndexForward: false,
          },
          limit,
        )
      ).map((image) => storedRelease.parse(image)),
  };
};
