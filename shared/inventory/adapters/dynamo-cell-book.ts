import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { CellBook } from '../application/feed-ports.ts';
import type { BookedMovement } from '../domain/reconcile.ts';
import { findItems, type StockTable } from './dynamo-stock-ledger.ts';
import { toldPositionOrFrozen } from './position-or-frozen.ts';
import { movementFrom, movementPrefix, positionKey } from './stock-items.ts';

export const makeDynamoCellBook = (table: StockTable): CellBook => ({
  findCells: async (cells) => (await findItems(table, cells.map(positionKey))).flatMap(toldPositionOrFrozen),
  movementsSince: async (cell, from) => {
    const found: BookedMovement[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const answer: QueryCommandOutput = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':pk': `SKU#${cell.sku}`,
            ':from': `${movementPrefix(cell)}${from}`,
            // Moments begin with a digit, and every digit sorts before this.
            ':to': `${movementPrefix(cell)}:`,
          },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      found.push(...(answer.Items ?? []).map(movementFrom));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);
    return found;
  },
});
