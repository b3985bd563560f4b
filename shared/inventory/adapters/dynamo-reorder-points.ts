import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { factOf } from '../../contracts/events/fact.ts';
import { reorderPointCrossed } from '../../contracts/inventory/events.ts';
import { nodeId, sku } from '../../contracts/scalars.ts';
import type { Instant } from '../../kernel/instant.ts';
import { transact, type TransactionAction } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { ReorderPoints } from '../application/stock-watch-ports.ts';
import type { Cell } from '../domain/cell.ts';
import { netOf, type NetPosition, type ReorderDecision } from '../domain/reorder-point.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { positionKey } from './stock-items.ts';

const pointItem = z.object({
  sku,
  nodeId,
  reorderPoint: z.int().exactOptional(),
  reorderAt: z.int().exactOptional(),
  isArmed: z.boolean(),
  crossings: z.int(),
  version: z.int(),
});

/** In a partition of its own: what is read and written here is no load on the SKU's. */
const partitionOf = ({ sku: of, nodeId: at }: Cell): string => `REORDER#${at}#${of}`;
const pointKey = (cell: Cell) => ({ pk: partitionOf(cell), sk: 'POINT' });

const crossingPut = (
  TableName: string,
  { after }: ReorderDecision,
  net: NetPosition,
  at: Instant,
): TransactionAction => ({
  Put: {
    TableName,
    Item: factsItem({
      pk: partitionOf(after),
      aggregateId: `reorder:${after.sku}:${after.nodeId}`,
      version: after.crossings,
      at,
      facts: [
        factOf(reorderPointCrossed, {
          sku: after.sku,
          nodeId: after.nodeId,
          reorderPoint: after.reorderPoint ?? 0,
          available: Math.max(0, net.free),
          inbound: net.inbound,
          netPosition: netOf(net),
          crossing: after.crossings,
        }),
      ],
    }),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** The level lies on the position, so that the stream of stock tells by itself when it is reached. */
const levelUpdate = (TableName: string, { after }: ReorderDecision): TransactionAction => ({
  Update: {
    TableName,
    Key: positionKey(after),
    UpdateExpression: after.reorderAt === undefined ? 'REMOVE reorderAt' : 'SET reorderAt = :reorderAt',
    ConditionExpression: 'attribute_exists(pk)',
    ...(after.reorderAt !== undefined && {
      ExpressionAttributeValues: { ':reorderAt': after.reorderAt },
    }),
  },
});

export const makeDynamoReorderPoints = ({ client, tableName: TableName }: StockTable): ReorderPoints => ({
  find: async (cell) => {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: pointKey(cell), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : pointItem.parse(Item);
  },
  save: async (decision, net, at) => {
    const { after, isCrossed } = decision;
    const outcome = await transact(client, [
      {
        Put: {
          TableName,
          Item: { ...pointKey(after), entity: 'reorderPoint', ...after },
          ...(after.version === 1
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: 'version = :known',
                ExpressionAttributeValues: { ':known': after.version - 1 },
              }),
        },
      },
      levelUpdate(TableName, decision),
      ...(isCrossed ? [crossingPut(TableName, decision, net, at)] : []),
    ]);
    return outcome.written;
  },
});
