import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
  type Projection,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const key = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/**
 * Fresh tables at a DynamoDB endpoint, in the shape that every context's table has: pk, sk and, where `index` says
 * what it carries, gsi1. `drop` removes what was made.
 */
export const makeDynamoTables = (endpoint: string, context: string, index?: Projection) => {
  const client = new DynamoDBClient({
    endpoint,
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: {
      accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'test',
      secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'test',
    },
  });
  const made: string[] = [];
  const indexed = {
    GlobalSecondaryIndexes: [{ IndexName: 'gsi1', KeySchema: key('gsi1pk', 'gsi1sk'), Projection: index }],
  };
  return {
    make: async () => {
      const tableName = `${context}-${randomUUID()}`;
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: ['pk', 'sk', ...(index === undefined ? [] : ['gsi1pk', 'gsi1sk'])].map(text),
          KeySchema: key('pk', 'sk'),
          ...(index === undefined ? {} : indexed),
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
