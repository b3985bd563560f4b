import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../../kernel/instant.ts';
import { inBatches } from '../../platform/in-batches.ts';
import type { DemandRates } from '../application/ports.ts';
import type { WeeklyDemand } from '../domain/decision-inputs.ts';

const WRITES_AT_ONCE = 10;

const stored = z.object({ sku: z.string(), nodeId: z.string(), units: z.number() });
const keyOf = (sku: string): string => `DEMANDRATES#${sku}`;

/** What is expected to be needed lies by product: a decision asks for all nodes of a product at once. */
export const makeDynamoDemandRates = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): DemandRates => {
  const { client, tableName: TableName } = table;
  /** What was said later stays, whatever arrives last. */
  const save = async (rate: WeeklyDemand, at: Instant): Promise<void> => {
    try {
      await client.send(
        new PutCommand({
          TableName,
          Item: { pk: keyOf(rate.sku), sk: rate.nodeId, entity: 'demandRate', ...rate, saidAt: at },
          ConditionExpression: 'attribute_not_exists(pk) OR saidAt <= :at',
          ExpressionAttributeValues: { ':at': at },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  return {
    save: (rates, at) => inBatches(rates, WRITES_AT_ONCE, (rate) => save(rate, at)),
    listOfSku: async (sku) => {
      const found: WeeklyDemand[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': keyOf(sku) },
            ExclusiveStartKey: from,
          }),
        );
        for (const image of page.Items ?? []) found.push(stored.parse(image));
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
      return found;
    },
  };
};
