import { gzipSync } from 'node:zlib';
import { PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { storedJson } from '../../platform/dynamo/stored-bytes.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { DemandSamples } from '../application/value-stock-ahead.ts';
import { sampleOf, type SampledOrder } from '../domain/outlook/sampled-order.ts';
import { decisionFrom } from './dynamo-decision-log.ts';

const DAY_MS = 86_400_000;
const DAYS_KEPT = 35;
/** Some 60 compressed bytes an order: far below the 400 KB of an item. */
const ORDERS_PER_ITEM = 1_000;

const sampledOrders = z.array(
  z.object({
    orderId: z.string(),
    at: z.string(),
    strategy: z.object({ strategyId: z.string(), version: z.int() }),
    shipTo: z.object({
      country: z.string().optional(),
      region: z.string().optional(),
      latitude: z.number().optional(),
      longitude: z.number().optional(),
    }),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
    outcome: z.object({ money: z.number(), parcels: z.int(), units: z.int(), unfilled: z.int() }),
  }),
);
const stored = z.object({ orders: storedJson.pipe(sampledOrders) });

/** The samples that new decisions in the table leave; those too large for one item are too odd to learn from. */
export const samplesIn = (changes: readonly TableChange[]): readonly SampledOrder[] =>
  changes.flatMap(({ after }) => {
    const decision = after === undefined ? undefined : decisionFrom(after);
    return decision === undefined ? [] : (sampleOf(decision) ?? []);
  });

const dayOf = (at: string): string => at.slice(0, 10);

/**
 * One item for each batch of decisions, by the day of its first: a hundredth of a write an order. A batch that is kept
 * twice, or once as a whole and once in halves, is told apart by the ids of its orders when it is read.
 */
export const makeDynamoDemandSamples = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): DemandSamples => {
  const { client, tableName: TableName } = table;
  const put = async (orders: readonly SampledOrder[]): Promise<void> => {
    const [first] = orders;
    if (first === undefined) return;
    await client.send(
      new PutCommand({
        TableName,
        Item: {
          pk: `SAMPLES#${dayOf(first.at)}`,
          sk: `${first.at}#${first.orderId}#${orders.length}`,
          entity: 'demandSamples',
          orders: gzipSync(JSON.stringify(orders)),
          expiresAt: Math.floor(Date.parse(first.at) / 1000) + DAYS_KEPT * 86_400,
        },
      }),
    );
  };
  const ofDay = async function* (day: string): AsyncGenerator<readonly SampledOrder[]> {
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `SAMPLES#${day}` },
          ScanIndexForward: false,
          ExclusiveStartKey: from,
        }),
      );
      for (const image of page.Items ?? []) yield stored.parse(image).orders;
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  };
  return {
    keep: async (samples) => {
      for (let start = 0; start < samples.length; start += ORDERS_PER_ITEM) {
        await put(samples.slice(start, start + ORDERS_PER_ITEM));
      }
    },
    newest: async (most, since, until) => {
      const found = new Map<string, SampledOrder>();
      for (let at = Date.parse(until); dayOf(new Date(at).toISOString()) >= dayOf(since); at -= DAY_MS) {
        for await (const orders of ofDay(dayOf(new Date(at).toISOString()))) {
          for (const order of orders) if (order.at >= since) found.set(order.orderId, order);
          if (found.size >= most) return [...found.values()];
        }
      }
      return [...found.values()];
    },
  };
};
