import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { nodeId, sku } from '../../contracts/scalars.ts';
import { encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import type { CountTasks, DriftBook } from '../application/feed-ports.ts';
import type { PageRequest } from '../application/ports.ts';
import type { CountTask } from '../domain/count-task.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { startOf } from '../../platform/dynamo/page-start.ts';
import { countTaskKey, COUNT_TASKS, driftPartition, type TableItem } from './stock-items.ts';

const countTaskItem = z.object({
  taskId: z.string(),
  cell: z.object({ sku, nodeId }),
  version: z.int(),
  status: z.enum(['open', 'review']),
  raisedAt: z.string(),
  reason: z.string(),
  figure: z.object({ onHand: z.int(), by: z.string(), at: z.string(), expected: z.int() }).exactOptional(),
  rejection: z.object({ by: z.string(), at: z.string(), reason: z.string() }).exactOptional(),
});
const countTaskFrom = (item: TableItem): CountTask => countTaskItem.parse(item);

const driftItem = z.object({ sku, nodeId, score: z.number(), at: z.string(), difference: z.int() });

const pageFrom = async <Entry>(
  { client, tableName }: StockTable,
  { pk, prefix }: { readonly pk: string; readonly prefix?: string },
  page: PageRequest,
  read: (item: TableItem) => Entry,
) => {
  const answer = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: `pk = :pk${prefix === undefined ? '' : ' AND begins_with(sk, :prefix)'}`,
      ExpressionAttributeValues: { ':pk': pk, ...(prefix === undefined ? {} : { ':prefix': prefix }) },
      Limit: page.limit,
      ExclusiveStartKey: startOf(page.cursor, { pk, ...(prefix === undefined ? {} : { prefix }) }),
    }),
  );
  return {
    items: (answer.Items ?? []).map(read),
    cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
  };
};

/** Tasks are written by the ledger, together with what they are about; here they are read. */
export const makeDynamoCountTasks = (table: StockTable): CountTasks => ({
  find: async (cell) => {
    const answer = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: countTaskKey(cell), ConsistentRead: true }),
    );
    return answer.Item === undefined ? undefined : countTaskFrom(answer.Item);
  },
  list: (node, page) =>
    pageFrom(
      table,
      { pk: COUNT_TASKS, ...(node === undefined ? {} : { prefix: `${node}#` }) },
      page,
      countTaskFrom,
    ),
});

export const makeDynamoDriftBook = (table: StockTable): DriftBook => ({
  list: (node, page) => pageFrom(table, { pk: driftPartition(node) }, page, (item) => driftItem.parse(item)),
});
