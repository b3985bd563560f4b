import {
  BatchGetCommand,
  GetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { sourcingPlan } from '../../contracts/sourcing/tasks.ts';
import { transact, type TransactionAction } from '../../platform/dynamo/transact.ts';
import type { CapacityStore, NodeDay } from '../application/ports.ts';
import { dayKey } from '../application/recent-loads.ts';
import type { CountChange } from '../domain/capacity/capacity-claim.ts';
import type { Load } from '../domain/capacity/load.ts';

/** A node may be silent for two weeks before its hold is given back; afterwards the day is of no interest. */
const DAYS_KEPT = 30;
const KEYS_PER_BATCH = 100;

const count = z.number().default(0);
const storedCount = z.object({
  nodeId: z.string(),
  day: z.string(),
  takenOrders: count,
  takenLines: count,
  takenUnits: count,
});
const load = z.object({ orders: z.int(), lines: z.int(), units: z.int() });
const storedClaim = z.object({
  reservationId: z.string(),
  version: z.int(),
  attempt: z.int(),
  closed: z.boolean(),
  holds: z.array(
    z.object({
      nodeId: z.string(),
      day: z.string(),
      load,
      status: z.enum(['held', 'confirmed', 'ended']),
    }),
  ),
  plan: sourcingPlan.optional(),
});

const claimKey = (reservationId: string) => ({ pk: `HOLDS#${reservationId}`, sk: 'CLAIM' });
const countKey = ({ nodeId, day }: NodeDay) => ({ pk: `CAPACITY#${nodeId}`, sk: `DAY#${day}` });

const FIELDS = [
  { field: 'takenOrders', of: (taken: Load) => taken.orders, limit: 'ordersPerDay' },
  { field: 'takenLines', of: (taken: Load) => taken.lines, limit: 'linesPerDay' },
  { field: 'takenUnits', of: (taken: Load) => taken.units, limit: 'unitsPerDay' },
] as const;

/** Undefined when no day, not even an empty one, has room for it. */
const countUpdate = (
  TableName: string,
  { nodeId, day, by, limits }: CountChange,
  expiresAt: number,
): TransactionAction | undefined => {
  const rooms = FIELDS.flatMap(({ field, of, limit }) => {
    const most = limits[limit];
    return most === undefined || of(by) <= 0 ? [] : [{ field, room: most - of(by) }];
  });
  if (rooms.some(({ room }) => room < 0)) return undefined;
  return {
    Update: {
      TableName,
      Key: countKey({ nodeId, day }),
      UpdateExpression:
        'SET entity = :entity, nodeId = :node, #day = :day, expiresAt = :expiresAt ADD takenOrders :takenOrders, takenLines :takenLines, takenUnits :takenUnits',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: {
        ':entity': 'capacityDay',
        ':node': nodeId,
        ':day': day,
        ':expiresAt': expiresAt,
        ...Object.fromEntries(FIELDS.map(({ field, of }) => [`:${field}`, of(by)])),
        ...Object.fromEntries(rooms.map(({ field, room }) => [`:room${field}`, room])),
      },
      ...(rooms.length === 0
        ? {}
        : {
            ConditionExpression: rooms
              .map(({ field }) => `(attribute_not_exists(${field}) OR ${field} <= :room${field})`)
              .join(' AND '),
          }),
    },
  };
};

/** Claims by reservation, counts by node and day; both change in one transaction, so the counts are the sum of the holds. */
export const makeDynamoCapacity = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly now: () => number;
}): CapacityStore => {
  const { client, tableName: TableName, now } = table;
  return {
    find: async (reservationId) => {
      const answer = await client.send(
        new GetCommand({ TableName, Key: claimKey(reservationId), ConsistentRead: true }),
      );
      if (answer.Item === undefined) return undefined;
      const { plan, ...claim } = storedClaim.parse(answer.Item);
      return { claim, plan };
    },
    save: async ({ claim, plan }, counts) => {
      const expiresAt = Math.floor(now() / 1000) + DAYS_KEPT * 86_400;
      const updates = counts.map((change) => countUpdate(TableName, change, expiresAt));
      const possible = updates.filter((update) => update !== undefined);
      if (possible.length < updates.length) return 'full';
      const { written, ...rest } = await transact(client, [
        {
          Put: {
            TableName,
            Item: {
              ...claimKey(claim.reservationId),
              entity: 'capacityClaim',
              ...claim,
              holds: [...claim.holds],
              plan,
              expiresAt,
            },
            ...(claim.version === 1
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: 'version = :before',
                  ExpressionAttributeValues: { ':before': claim.version - 1 },
                }),
          },
        },
        ...possible,
      ]);
      if (written) return 'saved';
      return 'conditionFailedAt' in rest && rest.conditionFailedAt.includes(0) ? 'overtaken' : 'full';
    },
    loads: async (days) => {
      const loads = new Map<string, Load>();
      for (let start = 0; start < days.length; start += KEYS_PER_BATCH) {
        let request: BatchGetCommandOutput['UnprocessedKeys'] = {
          [TableName]: { Keys: days.slice(start, start + KEYS_PER_BATCH).map(countKey) },
        };
        while (request !== undefined && Object.keys(request).length > 0) {
          const answer: BatchGetCommandOutput = await client.send(
            new BatchGetCommand({ RequestItems: request }),
          );
          for (const image of answer.Responses?.[TableName] ?? []) {
            const { nodeId, day, takenOrders, takenLines, takenUnits } = storedCount.parse(image);
            loads.set(dayKey({ nodeId, day }), { orders: takenOrders, lines: takenLines, units: takenUnits });
          }
          request = answer.UnprocessedKeys;
        }
      }
      return loads;
    },
  };
};
