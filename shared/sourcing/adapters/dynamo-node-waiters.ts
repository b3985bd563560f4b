import { PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { factOf } from '../../contracts/events/fact.ts';
import { orderMayShip } from '../../contracts/sourcing/events.ts';
import { sourcingRequest } from '../../contracts/sourcing/tasks.ts';
import { priorityRank } from '../../kernel/order-priority.ts';
import { transact } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { NodeWaiter, NodeWaiters } from '../application/wake-waiting.ts';

const WAITERS = 'NODEWAITERS';
const DAYS_KEPT = 30;

const stored = z.object({
  nodeId: z.string(),
  orderId: sourcingRequest.shape.orderId,
  priority: z.string().optional(),
  lines: sourcingRequest.shape.lines,
  since: z.string(),
  from: z.string(),
});

const keyOf = ({ nodeId, orderId }: NodeWaiter) => ({ pk: WAITERS, sk: `${nodeId}#${orderId}` });
const turnOf = ({ priority, since }: NodeWaiter): string => `${priorityRank(priority)}#${since}`;

/** Few orders wait for a node rather than for stock: all lie under one key. */
export const makeDynamoNodeWaiters = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): NodeWaiters => {
  const { client, tableName: TableName } = table;
  return {
    add: async (waiter) => {
      const expiresAt = Math.floor(Date.parse(waiter.since) / 1000) + DAYS_KEPT * 86_400;
      await client.send(
        new PutCommand({ TableName, Item: { ...keyOf(waiter), entity: 'nodeWaiter', ...waiter, expiresAt } }),
      );
    },
    list: async (limit) => {
      const found: NodeWaiter[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': WAITERS },
            Limit: limit - found.length,
            ExclusiveStartKey: from,
          }),
        );
        for (const image of page.Items ?? []) found.push(stored.parse(image));
        from = page.LastEvaluatedKey;
      } while (from !== undefined && found.length < limit);
      return found.sort((one, other) => (turnOf(one) < turnOf(other) ? -1 : 1));
    },
    wake: async (waiter, at) => {
      const { nodeId, orderId, lines, since } = waiter;
      // Whoever has said it again meanwhile is woken next time.
      await transact(client, [
        {
          Delete: {
            TableName,
            Key: keyOf(waiter),
            ConditionExpression: 'since = :since',
            ExpressionAttributeValues: { ':since': since },
          },
        },
        {
          Put: {
            TableName,
            Item: factsItem({
              pk: `NODEWAITER#${orderId}#${nodeId}`,
              aggregateId: `${orderId}.${nodeId}`,
              version: Math.floor(Date.parse(since) / 1000) % 100_000_000,
              at,
              facts: [factOf(orderMayShip, { orderId, nodeId, lines })],
            }),
          },
        },
      ]);
    },
  };
};
