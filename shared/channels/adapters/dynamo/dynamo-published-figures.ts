import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  UpdateCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { sku } from '../../../contracts/scalars.ts';
import type { Sku } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { inBatches } from '../../../platform/in-batches.ts';
import type { PublishedFigures } from '../../application/publication-ports.ts';
import type { ConnectionRef } from '../../domain/delivery.ts';
import type { PublishedFigure, Sellable } from '../../domain/published-figure.ts';

type Table = { readonly client: DynamoDBDocumentClient; readonly tableName: string };

const publishedItem = z.object({ sku, available: z.int(), version: z.int(), at: z.string() });

/** A key of its own a SKU: a shop of a million SKUs has no hot partition. */
const keyOf = ({ channel, connection }: ConnectionRef, of: Sku) => ({
  pk: `PUBLISHED#${channel}#${connection}#${of}`,
  sk: 'FIGURE',
});

/** DynamoDB reads at most this many items in one BatchGetItem. */
const KEYS_PER_BATCH = 100;
const WRITES_AT_ONCE = 20;

const readBatch = async (
  { client, tableName }: Table,
  Keys: Record<string, unknown>[],
): Promise<readonly Record<string, unknown>[]> => {
  const found: Record<string, unknown>[] = [];
  let request: BatchGetCommandOutput['UnprocessedKeys'] = { [tableName]: { Keys, ConsistentRead: true } };
  while (request !== undefined && Object.keys(request).length > 0) {
    const answer: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: request }));
    found.push(...(answer.Responses?.[tableName] ?? []));
    request = answer.UnprocessedKeys;
  }
  return found;
};

/** One write decides and keeps; nothing is read. False: the shop knows as much, or more. */
const claim = async (
  table: Table,
  ref: ConnectionRef,
  figure: Sellable,
  isUnsure: boolean,
  at: Instant,
): Promise<boolean> => {
  const isNews = isUnsure
    ? 'version <= :version'
    : '(version <= :version AND (available <> :available OR policyVersion <> :policyVersion))';
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: keyOf(ref, figure.sku),
        UpdateExpression:
          'SET entity = :entity, sku = :sku, available = :available, version = :version, policyVersion = :policyVersion, #at = :at',
        ConditionExpression: `attribute_not_exists(pk) OR ${isNews}`,
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: {
          ':entity': 'published',
          ':sku': figure.sku,
          ':available': figure.available,
          ':version': figure.version,
          ':policyVersion': figure.policyVersion,
          ':at': at,
        },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/**
 * What shops were told last of limited SKUs, one small item a shop and SKU; an older figure never takes the place of a
 * newer one.
 */
export const makeDynamoPublishedFigures = (table: Table): PublishedFigures => ({
  find: async (ref, skus) => {
    const keys = [...new Set(skus)].map((of) => keyOf(ref, of));
    const batches = Array.from({ length: Math.ceil(keys.length / KEYS_PER_BATCH) }, (_, index) =>
      readBatch(table, keys.slice(index * KEYS_PER_BATCH, (index + 1) * KEYS_PER_BATCH)),
    );
    const found = (await Promise.all(batches)).flat().map((item) => publishedItem.parse(item));
    return new Map<Sku, PublishedFigure>(found.map(({ sku: of, ...figure }) => [of, figure]));
  },
  claim: async (ref, figures, unsure, at) => {
    const claimed = new Set<Sku>();
    await inBatches(figures, WRITES_AT_ONCE, async (figure) => {
      if (await claim(table, ref, figure, unsure.has(figure.sku), at)) claimed.add(figure.sku);
    });
    return figures.filter(({ sku: of }) => claimed.has(of));
  },
});
