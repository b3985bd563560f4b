import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { factOf } from '../../contracts/events/fact.ts';
import { backInStock } from '../../contracts/inventory/events.ts';
import { sku } from '../../contracts/scalars.ts';
import type { Sku } from '../../kernel/ids.ts';
import { transact } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { Shelves } from '../application/stock-watch-ports.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';

const shelfItem = z.object({ sku, isInStock: z.boolean(), stockVersion: z.int(), returns: z.int() });

/** In a partition of its own: what is read and written here is no load on the SKU's. */
const partitionOf = (of: Sku): string => `SHELF#${of}`;
const shelfKey = (of: Sku) => ({ pk: partitionOf(of), sk: 'SHELF' });

export const makeDynamoShelves = ({ client, tableName: TableName }: StockTable): Shelves => ({
  find: async (of) => {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: shelfKey(of), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : shelfItem.parse(Item);
  },
  save: async (shelf, known, back, at) => {
    const facts = back && [factOf(backInStock, { sku: shelf.sku, ...back, returns: shelf.returns })];
    const outcome = await transact(client, [
      {
        Put: {
          TableName,
          Item: { ...shelfKey(shelf.sku), entity: 'shelf', ...shelf },
          ...(known === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: 'stockVersion = :known',
                ExpressionAttributeValues: { ':known': known.stockVersion },
              }),
        },
      },
      ...(facts === undefined
        ? []
        : [
            {
              Put: {
                TableName,
                Item: factsItem({
                  pk: partitionOf(shelf.sku),
                  aggregateId: `shelf:${shelf.sku}`,
                  version: shelf.returns,
                  at,
                  facts,
                }),
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
          ]),
    ]);
    return outcome.written;
  },
});
