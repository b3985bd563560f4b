import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { encodeCursor, type TableKey } from '../../../platform/dynamo/cursor.ts';
import { startOf } from '../../../platform/dynamo/page-start.ts';
import type { DeliveryLog } from '../../application/ports.ts';
import { summaryOf } from '../../domain/delivery.ts';
import { readDeliveryItem, readOutcomeItem, unpack } from './delivery-items.ts';
import { deliveryKey, expiryOf, outcomeKey } from './delivery-keys.ts';

/** Reads what was delivered, and keeps what became of it as an item of its own: the raw body is never rewritten. */
export const makeDynamoDeliveryLog = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): DeliveryLog => {
  const { client, tableName: TableName } = table;
  const readItems = async (deliveryId: string) => {
    const chunks: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const answer = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': deliveryKey(deliveryId).pk },
          ConsistentRead: true,
          ExclusiveStartKey: from,
        }),
      );
      chunks.push(...(answer.Items ?? []));
      from = answer.LastEvaluatedKey;
    } while (from !== undefined);
    return chunks;
  };
  return {
    readBody: async (deliveryId) => {
      const items = await readItems(deliveryId);
      const claim = items.find((item) => item['entity'] === 'delivery');
      if (claim === undefined) return undefined;
      const rest = items
        .filter((item) => item['entity'] === 'deliveryPart')
        .map((item) => item['body'] as Uint8Array);
      return unpack([readDeliveryItem(claim).packed, ...rest]);
    },
    recordOutcome: async (delivery, outcome) => {
      const item = {
        ...outcomeKey(delivery),
        entity: 'outcome',
        ...delivery,
        ...outcome,
        expiresAt: expiryOf(delivery),
      };
      try {
        await client.send(
          new PutCommand({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    find: async (deliveryId) => {
      const received = await client.send(
        new GetCommand({ TableName, Key: deliveryKey(deliveryId), ConsistentRead: true }),
      );
      if (received.Item === undefined) return undefined;
      const { delivery } = readDeliveryItem(received.Item);
      const said = await client.send(
        new GetCommand({ TableName, Key: outcomeKey(delivery), ConsistentRead: true }),
      );
      return summaryOf(delivery, said.Item === undefined ? undefined : readOutcomeItem(said.Item).outcome);
    },
    list: async ({ channel, connection }, page) => {
      const pk = `OUTCOMES#${channel}#${connection}`;
      const answer = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ScanIndexForward: false,
          Limit: page.limit,
          ExclusiveStartKey: startOf(page.cursor, { pk }),
        }),
      );
      return {
        items: (answer.Items ?? [])
          .map(readOutcomeItem)
          .map(({ delivery, outcome }) => summaryOf(delivery, outcome)),
        cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
      };
    },
  };
};
