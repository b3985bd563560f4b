import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { factOf, type Fact } from '../../contracts/events/fact.ts';
import { itemChanged, nodeChanged } from '../../contracts/network/events.ts';
import { item as itemSchema } from '../../contracts/network/item.ts';
import { node as nodeSchema } from '../../contracts/network/node.ts';
import type { Instant } from '../../kernel/instant.ts';
import { encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import { startOf } from '../../platform/dynamo/page-start.ts';
import { transact } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import { inBatches } from '../../platform/in-batches.ts';
import type { NetworkQueries, NetworkStore, Page, PageRequest } from '../application/ports.ts';
import type { Item } from '../domain/item.ts';
import type { Node } from '../domain/node.ts';

type Table = { readonly client: DynamoDBDocumentClient; readonly tableName: string };

/** How one kind of entry lies in the table: all of a kind under one partition key, so that a list is one query. */
type Kind<Entry> = {
  readonly entity: 'node' | 'item';
  readonly partition: 'NODES' | 'ITEMS';
  readonly keyOf: (entry: Entry) => string;
  readonly schema: z.ZodType<Entry>;
  readonly factOf: (entry: Entry) => Fact;
};

const NODES: Kind<Node> = {
  entity: 'node',
  partition: 'NODES',
  keyOf: (node) => node.nodeId,
  schema: nodeSchema,
  factOf: ({ nodeId, type, status }) => factOf(nodeChanged, { nodeId, type, status }),
};

const ITEMS: Kind<Item> = {
  entity: 'item',
  partition: 'ITEMS',
  keyOf: (item) => item.sku,
  schema: itemSchema,
  factOf: ({ sku, status }) => factOf(itemChanged, { sku, status }),
};

/** DynamoDB reads at most this many items in one BatchGetItem. */
const KEYS_PER_BATCH = 100;

/** Keeps an import of a thousand rows within a Lambda's time without crowding the table. */
const WRITES_AT_ONCE = 10;

type Stored<Entry> = { readonly entry: Entry; readonly version: number };

const storedOf = <Entry>(kind: Kind<Entry>, image: Record<string, unknown>): Stored<Entry> => ({
  entry: kind.schema.parse(image['data']),
  version: Number(image['version']),
});

const findMany = async <Entry>(
  table: Table,
  kind: Kind<Entry>,
  keys: readonly string[],
): Promise<readonly Stored<Entry>[]> => {
  const found: Stored<Entry>[] = [];
  const unique = [...new Set(keys)];
  for (let start = 0; start < unique.length; start += KEYS_PER_BATCH) {
    let request: BatchGetCommandOutput['UnprocessedKeys'] = {
      [table.tableName]: {
        Keys: unique.slice(start, start + KEYS_PER_BATCH).map((sk) => ({ pk: kind.partition, sk })),
      },
    };
    while (request !== undefined && Object.keys(request).length > 0) {
      const answer: BatchGetCommandOutput = await table.client.send(
        new BatchGetCommand({ RequestItems: request }),
      );
      for (const image of answer.Responses?.[table.tableName] ?? []) found.push(storedOf(kind, image));
      request = answer.UnprocessedKeys;
    }
  }
  return found;
};

const findOne = async <Entry>(table: Table, kind: Kind<Entry>, sk: string): Promise<Entry | undefined> => {
  const answer = await table.client.send(
    new GetCommand({ TableName: table.tableName, Key: { pk: kind.partition, sk } }),
  );
  return answer.Item === undefined ? undefined : storedOf(kind, answer.Item).entry;
};

const listPage = async <Entry>(table: Table, kind: Kind<Entry>, page: PageRequest): Promise<Page<Entry>> => {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': kind.partition },
      Limit: page.limit,
      ExclusiveStartKey: startOf(page.cursor, { pk: kind.partition }),
    }),
  );
  return {
    items: (answer.Items ?? []).map((image) => storedOf(kind, image).entry),
    cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
  };
};

const save = async <Entry>(
  table: Table,
  kind: Kind<Entry>,
  entries: readonly Entry[],
  at: Instant,
): Promise<void> => {
  const stored = new Map(
    (await findMany(table, kind, entries.map(kind.keyOf))).map((known) => [kind.keyOf(known.entry), known]),
  );
  await inBatches(entries, WRITES_AT_ONCE, async (entry) => {
    const key = kind.keyOf(entry);
    const known = stored.get(key);
    // Through the schema and back, so that an absent field and an undefined one compare equal.
    if (
      known !== undefined &&
      isDeepStrictEqual(known.entry, kind.schema.parse(JSON.parse(JSON.stringify(entry))))
    )
      return;
    const version = (known?.version ?? 0) + 1;
    const fact = factsItem({
      pk: `${kind.entity.toUpperCase()}#${key}`,
      aggregateId: key,
      version,
      at,
      facts: [kind.factOf(entry)],
    });
    const outcome = await transact(table.client, [
      {
        Put: {
          TableName: table.tableName,
          Item: { pk: kind.partition, sk: key, entity: kind.entity, version, updatedAt: at, data: entry },
          ConditionExpression: known === undefined ? 'attribute_not_exists(pk)' : 'version = :known',
          ...(known === undefined ? {} : { ExpressionAttributeValues: { ':known': known.version } }),
        },
      },
      { Put: { TableName: table.tableName, Item: fact, ConditionExpression: 'attribute_not_exists(pk)' } },
    ]);
    // Somebody else saved it in between: take what they wrote as known and say ours on top of it.
    if (!outcome.written) await save(table, kind, [entry], at);
  });
};

export const makeDynamoNetworkQueries = (table: Table): NetworkQueries => ({
  findNode: (nodeId) => findOne(table, NODES, nodeId),
  findItem: (sku) => findOne(table, ITEMS, sku),
  findItems: async (skus) => (await findMany(table, ITEMS, skus)).map(({ entry }) => entry),
  listNodes: (page) => listPage(table, NODES, page),
  listItems: (page) => listPage(table, ITEMS, page),
  listAllNodes: async () => {
    const nodes: Node[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPage(table, NODES, { limit: 200, cursor });
      nodes.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return nodes;
  },
});

export const makeDynamoNetworkStore = (table: Table): NetworkStore => ({
  saveNodes: (nodes, at) => save(table, NODES, nodes, at),
  saveItems: (items, at) => save(table, ITEMS, items, at),
});
