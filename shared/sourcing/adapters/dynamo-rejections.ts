import { PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Rejection, Rejections } from '../application/note-rejection.ts';

const DAY_MS = 86_400_000;
const DAYS_KEPT = 3;

const stored = z.object({ nodeId: z.string(), fulfilmentOrderId: z.string(), at: z.string() });
const dayOf = (at: string): string => new Date(Date.parse(at)).toISOString().slice(0, 10);

/** One small item for each rejection, by day: rejections are rare, and a cool-down looks at a day at most. */
export const makeDynamoRejections = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly now: () => number;
}): Rejections => {
  const { client, tableName: TableName, now } = table;
  const ofDay = async (day: string): Promise<readonly Rejection[]> => {
    const found: Rejection[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `REJECTIONS#${day}` },
          ExclusiveStartKey: from,
        }),
      );
      for (const image of page.Items ?? []) found.push(stored.parse(image));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return found;
  };
  return {
    keep: async (rejection) => {
      await client.send(
        new PutCommand({
          TableName,
          Item: {
            pk: `REJECTIONS#${dayOf(rejection.at)}`,
            sk: rejection.fulfilmentOrderId,
            entity: 'rejection',
            ...rejection,
            expiresAt: Math.floor((now() + DAYS_KEPT * DAY_MS) / 1000),
          },
        }),
      );
    },
    since: async (at) => {
      const days = [...new Set([dayOf(at), dayOf(new Date(now()).toISOString())])];
      return (await Promise.all(days.map(ofDay))).flat().filter((rejection) => rejection.at >= at);
    },
  };
};
