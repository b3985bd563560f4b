import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ToldShipments } from '../../application/ports.ts';
import { DAYS_KEPT } from './delivery-keys.ts';

const keyOf = (fulfilmentOrderId: string) => ({ pk: `TOLD#${fulfilmentOrderId}`, sk: 'SHIPMENT' });

/** Remembers which shipments a channel has been told of, longer than any event can come again. */
export const makeDynamoToldShipments = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): ToldShipments => ({
  wasTold: async (fulfilmentOrderId) => {
    const answer = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: keyOf(fulfilmentOrderId), ConsistentRead: true }),
    );
    return answer.Item !== undefined;
  },
  recordTold: async (fulfilmentOrderId, at) => {
    const expiresAt = Math.floor(Date.parse(at) / 1000) + DAYS_KEPT * 86_400;
    await table.client.send(
      new PutCommand({
        TableName: table.tableName,
        Item: { ...keyOf(fulfilmentOrderId), entity: 'told', at, expiresAt },
      }),
    );
  },
});
