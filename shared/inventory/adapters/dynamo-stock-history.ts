import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import type { StockHistory } from '../application/ports.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { startOf } from '../../platform/dynamo/page-start.ts';
import { movementFrom, movementPrefix } from './stock-items.ts';

export const makeDynamoStockHistory = ({ client, tableName }: StockTable): StockHistory => ({
  listMovements: async (cell, page) => {
    const [pk, prefix] = [`SKU#${cell.sku}`, movementPrefix(cell)];
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :moves)',
        ExpressionAttributeValues: { ':pk': pk, ':moves': prefix },
        ScanIndexForward: false,
        Limit: page.limit,
        ExclusiveStartKey: startOf(page.cursor, { pk, prefix }),
      }),
    );
    return {
      items: (answer.Items ?? []).map(movementFrom),
      cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
    };
  },
});
