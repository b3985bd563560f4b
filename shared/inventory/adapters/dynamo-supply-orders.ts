import { GetCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import type { SupplyOrders } from '../application/ports.ts';
import type { ExpectedSupply } from '../domain/supply/supply-order.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { startOf } from '../../platform/dynamo/page-start.ts';
import {
  EXPECTED_PREFIX,
  expectedFrom,
  OPEN_SUPPLY,
  openSupplyFrom,
  supplyFrom,
  supplyKey,
} from './supply-items.ts';

const listExpected = async (
  { client, tableName }: StockTable,
  sku: string,
): Promise<readonly ExpectedSupply[]> => {
  const found: ExpectedSupply[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const answer: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :expected)',
        ExpressionAttributeValues: { ':pk': `SKU#${sku}`, ':expected': EXPECTED_PREFIX },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    found.push(...(answer.Items ?? []).map(expectedFrom));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
};

/** Purchase and transfer orders in the stock's table; they are written by the ledger, with what they do to cells. */
export const makeDynamoSupplyOrders = (table: StockTable): SupplyOrders => ({
  find: async (supplyId) => {
    const answer = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: supplyKey(supplyId), ConsistentRead: true }),
    );
    return answer.Item === undefined ? undefined : supplyFrom(answer.Item);
  },
  listOpen: async ({ nodeId, kind }, page) => {
    const filters = [
      ...(nodeId === undefined ? [] : ['(nodeId = :node OR originId = :node)']),
      ...(kind === undefined ? [] : ['kind = :kind']),
    ];
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ...(filters.length === 0 ? {} : { FilterExpression: filters.join(' AND ') }),
        ExpressionAttributeValues: {
          ':pk': OPEN_SUPPLY,
          ...(nodeId === undefined ? {} : { ':node': nodeId }),
          ...(kind === undefined ? {} : { ':kind': kind }),
        },
        Limit: page.limit,
        ExclusiveStartKey: startOf(page.cursor, { pk: OPEN_SUPPLY }),
      }),
    );
    return {
      items: (answer.Items ?? []).map(openSupplyFrom),
      cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
    };
  },
  listExpected: (sku) => listExpected(table, sku),
});
