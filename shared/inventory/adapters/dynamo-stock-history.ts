import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { decodeCursor, encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import { Unreadable } from '../../platform/http/unreadable.ts';
import type { StockHistory } from '../application/ports.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { movementFrom, movementPrefix, positionFrom, reservationFrom } from './stock-items.ts';

const startOf = (cursor: string | undefined): TableKey | undefined => {
  const from = decodeCursor(cursor);
  if (!from.ok) throw new Unreadable('query.cursor', 'is not a cursor of this list');
  return from.value;
};

/**
 * Items looked at for each one asked for: most of a partition is history, which the books skip, and a page of the
 * audit should not come back empty because of that.
 */
const ITEMS_PER_ENTRY = 10;

export const makeDynamoStockHistory = ({ client, tableName }: StockTable): StockHistory => ({
  listMovements: async (cell, page) => {
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :moves)',
        ExpressionAttributeValues: { ':pk': `SKU#${cell.sku}`, ':moves': movementPrefix(cell) },
        ScanIndexForward: false,
        Limit: page.limit,
        ExclusiveStartKey: startOf(page.cursor),
      }),
    );
    return {
      items: (answer.Items ?? []).map(movementFrom),
      cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
    };
  },
  scanBooks: async (page) => {
    const answer = await client.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: 'entity IN (:position, :reservation)',
        ExpressionAttributeValues: { ':position': 'position', ':reservation': 'reservation' },
        ConsistentRead: true,
        Limit: page.limit * ITEMS_PER_ENTRY,
        ExclusiveStartKey: startOf(page.cursor),
      }),
    );
    const items = answer.Items ?? [];
    return {
      positions: items.filter((item) => item['entity'] === 'position').map(positionFrom),
      reservations: items.filter((item) => item['entity'] === 'reservation').map(reservationFrom),
      cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
    };
  },
});
