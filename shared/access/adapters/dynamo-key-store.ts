import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { nodeId } from '../../contracts/scalars.ts';
import type { KeyStore } from '../application/ports.ts';

const storedKey = z.object({
  keyId: z.string(),
  label: z.string(),
  grant: z.union([
    z.object({ scope: z.enum(['reader', 'operator']) }),
    z.object({ scope: z.literal('node'), nodeId }),
  ]),
});

const keyOf = (hash: string) => ({ pk: `KEY#${hash}`, sk: 'KEY' });

export const makeDynamoKeyStore = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): KeyStore => ({
  findByHash: async (hash) => {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: keyOf(hash) }),
    );
    return Item === undefined ? undefined : storedKey.parse(Item);
  },
  save: async (hash, key) => {
    await table.client.send(
      new PutCommand({
        TableName: table.tableName,
        Item: { ...keyOf(hash), entity: 'key', ...key },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  },
});
