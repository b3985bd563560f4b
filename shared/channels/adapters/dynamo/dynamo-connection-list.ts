import { PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ConnectionList } from '../../application/ports.ts';

const connectionItem = z.object({
  channel: z.enum(['shopify', 'woocommerce']),
  connection: z.string(),
  tellsChannel: z.boolean(),
});

/** All connections lie under one key: a retailer has tens of shops, not thousands. */
const PARTITION = 'CONNECTIONS';

export const makeDynamoConnectionList = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): ConnectionList => ({
  add: async ({ channel, connection }, tellsChannel) => {
    await table.client.send(
      new PutCommand({
        TableName: table.tableName,
        Item: {
          pk: PARTITION,
          sk: `${channel}#${connection}`,
          entity: 'connection',
          channel,
          connection,
          tellsChannel,
        },
      }),
    );
  },
  tellable: async () => {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': PARTITION },
      }),
    );
    return (answer.Items ?? [])
      .map((item) => connectionItem.parse(item))
      .filter((item) => item.tellsChannel)
      .map(({ channel, connection }) => ({ channel, connection }));
  },
});
