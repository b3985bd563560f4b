import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';

const key = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

/** Fresh tables of the shape of fulfilment at a DynamoDB endpoint; `drop` removes what was made. */
export const makeFulfilmentTables = (endpoint: string) => {
  const client = new DynamoDBClient({
    endpoint,
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: {
      accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'test',
      secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'test',
    },
  });
  const made: string[] = [];
  return {
    make: async () => {
      const tableName = `fulfilment-${randomUUID()}`;
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(key),
          KeySchema: keys('pk', 'sk'),
          GlobalSecondaryIndexes: [
            {
              IndexName: 'gsi1',
              KeySchema: keys('gsi1pk', 'gsi1sk'),
              Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status'] },
            },
          ],
        }),
      );
      await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName: tableName });
      made.push(tableName);
      return {
        client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
        tableName,
      };
    },
    drop: async (): Promise<void> => {
      for (const TableName of made.splice(0)) await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
    },
  };
};
