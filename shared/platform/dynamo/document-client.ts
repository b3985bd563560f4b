import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { meterCapacity } from './capacity-meter.ts';

/** The one way to reach DynamoDB: absent fields are left out, throttled calls are retried with backoff. */
export const makeDocumentClient = (): DynamoDBDocumentClient => {
  const client = new DynamoDBClient({ maxAttempts: 6 });
  if (process.env['METER_CAPACITY'] === 'on') meterCapacity(client);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
};
