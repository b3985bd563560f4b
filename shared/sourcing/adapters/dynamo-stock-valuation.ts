import { gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { storedJson } from '../../platform/dynamo/stored-bytes.ts';
import type { StockValuation, ValuationStore } from '../application/value-stock-ahead.ts';

const PARTITION = 'STOCKVALUATION';
/** It comes before every part, whose keys begin with a moment. */
const HEAD = '#HEAD';
/** A row takes some ten compressed bytes: a part stays below the 400 KB of an item. */
const ROWS_PER_PART = 20_000;

/** Two valuations in a row between two pages of one look happen to nobody. */
const LOOKS = 3;

const headItem = z.object({
  sk: z.literal(HEAD),
  valuedAt: z.string(),
  seed: z.number(),
  horizonDays: z.number(),
  samples: z.int(),
  parts: z.int(),
});
const partItem = z.object({
  sk: z.string(),
  rows: storedJson.pipe(z.array(z.object({ node: z.string(), sku: z.string(), price: z.number() }))),
});

const partKey = (valuedAt: string, part: number): string => `${valuedAt}#${String(part).padStart(4, '0')}`;

/**
 * A valuation lies in parts, and a head names the one in force: it is written last, so that readers see the old or the
 * new one. Parts that no head names any more are taken away by the next valuation.
 */
export const makeDynamoStockValuation = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): ValuationStore => {
  const { client, tableName: TableName } = table;
  const all = async (): Promise<readonly Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': PARTITION },
          ExclusiveStartKey: from,
        }),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return items;
  };
  const find = async (): Promise<StockValuation | undefined> => {
    for (let look = 0; look < LOOKS; look += 1) {
      const [first, ...others] = await all();
      const head = headItem.safeParse(first);
      if (!head.success) return undefined;
      const { sk: _, parts, ...valuation } = head.data;
      const named = others
        .map((item) => partItem.parse(item))
        .filter(({ sk }) => sk.startsWith(valuation.valuedAt));
      // Fewer: the next valuation came between two pages, and has taken parts away.
      if (named.length === parts) return { ...valuation, rows: named.flatMap(({ rows }) => rows) };
    }
    throw new Error('the valuation of the stock never stands still');
  };
  /** Whether a later valuation is in force already. */
  const isRefused = async (head: PutCommand): Promise<boolean> => {
    try {
      await client.send(head);
      return false;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return true;
      throw error;
    }
  };
  return {
    find,
    replace: async ({ rows, ...valuation }) => {
      const old = (await all()).map(({ sk }) => String(sk)).filter((sk) => sk !== HEAD);
      const parts = Math.ceil(rows.length / ROWS_PER_PART);
      const kept = Array.from({ length: parts }, (_, part) => partKey(valuation.valuedAt, part));
      for (const [part, sk] of kept.entries()) {
        const slice = rows.slice(part * ROWS_PER_PART, (part + 1) * ROWS_PER_PART);
        const Item = { pk: PARTITION, sk, entity: 'valuationPart', rows: gzipSync(JSON.stringify(slice)) };
        await client.send(new PutCommand({ TableName, Item }));
      }
      const isLate = await isRefused(
        new PutCommand({
          TableName,
          Item: { pk: PARTITION, sk: HEAD, entity: 'valuation', ...valuation, parts },
          ConditionExpression: 'attribute_not_exists(pk) OR valuedAt <= :valuedAt',
          ExpressionAttributeValues: { ':valuedAt': valuation.valuedAt },
        }),
      );
      for (const sk of isLate ? kept : old.filter((name) => !kept.includes(name))) {
        await client.send(new DeleteCommand({ TableName, Key: { pk: PARTITION, sk } }));
      }
    },
  };
};
