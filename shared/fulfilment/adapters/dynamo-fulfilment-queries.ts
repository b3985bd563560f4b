import { BatchGetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { fulfilmentOrderId } from '../../contracts/scalars.ts';
import type { FulfilmentOrderId } from '../../kernel/ids.ts';
import { ok } from '../../kernel/result.ts';
import { decodeCursor, encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import type { FulfilmentQueries, WorkFilter } from '../application/ports.ts';
import { viewOfWork } from '../application/view-of-work.ts';
import { isOpen, type FulfilmentOrder } from '../domain/fulfilment-order.ts';
import { nodePartition, orderPartition, readItem, WORK_PREFIX, workKey } from './fulfilment-item.ts';

type Table = { readonly client: DynamoDBDocumentClient; readonly tableName: string };

const GROUP_INDEX = 'gsi1';
/** DynamoDB reads at most this many items in one BatchGetItem. */
const KEYS_PER_BATCH = 100;
/** A page stops looking for a rare status after this many queries; the caller goes on with the cursor. */
const QUERIES_PER_PAGE = 10;

const entry = z.object({ sk: z.string().startsWith(WORK_PREFIX) });
const idIn = (image: unknown): FulfilmentOrderId =>
  fulfilmentOrderId.parse(entry.parse(image).sk.slice(WORK_PREFIX.length));

const groupOf = (filter: WorkFilter): 'open' | 'closed' =>
  filter === 'open' || isOpen(filter) ? 'open' : 'closed';

/** The index carries keys and status only, so that leaving a callback does not write to it; the rest is read here. */
const readWork = async (
  { client, tableName }: Table,
  ids: readonly FulfilmentOrderId[],
): Promise<readonly FulfilmentOrder[]> => {
  const found = new Map<FulfilmentOrderId, FulfilmentOrder>();
  for (let start = 0; start < ids.length; start += KEYS_PER_BATCH) {
    let wanted: TableKey[] = ids.slice(start, start + KEYS_PER_BATCH).map(workKey);
    while (wanted.length > 0) {
      const answer = await client.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: wanted } } }),
      );
      for (const image of answer.Responses?.[tableName] ?? []) {
        const { work } = readItem(image);
        found.set(work.fulfilmentOrderId, work);
      }
      wanted = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as TableKey[];
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
};

/** Reads of the fulfilment table, for this context and for those that show its work. */
export const makeDynamoFulfilmentQueries = (table: Table): FulfilmentQueries => ({
  listByOrder: async (orderId) => {
    const work: FulfilmentOrder[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const answer = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          KeyConditionExpression: 'pk = :order AND begins_with(sk, :work)',
          ExpressionAttributeValues: { ':order': orderPartition(orderId), ':work': WORK_PREFIX },
          ExclusiveStartKey: from,
        }),
      );
      work.push(...(answer.Items ?? []).map((image) => readItem(image).work));
      from = answer.LastEvaluatedKey;
    } while (from !== undefined);
    return work.map(viewOfWork);
  },

  listByNode: async ({ nodeId, filter, limit, cursor }) => {
    const start = decodeCursor(cursor);
    if (!start.ok) return start;
    const ids: FulfilmentOrderId[] = [];
    let from = start.value;
    for (let query = 0; query < QUERIES_PER_PAGE && ids.length < limit; query += 1) {
      const answer = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          IndexName: GROUP_INDEX,
          KeyConditionExpression: 'gsi1pk = :node',
          ...(filter === 'open'
            ? {}
            : { FilterExpression: '#status = :status', ExpressionAttributeNames: { '#status': 'status' } }),
          ExpressionAttributeValues: {
            ':node': nodePartition(nodeId, groupOf(filter)),
            ...(filter === 'open' ? {} : { ':status': filter }),
          },
          Limit: limit - ids.length,
          ExclusiveStartKey: from,
        }),
      );
      ids.push(...(answer.Items ?? []).map(idIn));
      from = answer.LastEvaluatedKey as TableKey | undefined;
      if (from === undefined) break;
    }
    return ok({ items: await readWork(table, ids), cursor: encodeCursor(from) });
  },
});
