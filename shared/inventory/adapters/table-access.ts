import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { StockTable } from './dynamo-stock-ledger.ts';
import type { TableItem } from './stock-items.ts';

/** Puts an item whose condition may be false; says whether it was true. */
export const putIf = async ({ client }: StockTable, input: PutCommand['input']): Promise<boolean> => {
  try {
    await client.send(new PutCommand(input));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** Every item of a partition whose sort key begins so, read consistently. */
export async function* itemsOf(
  { client, tableName }: StockTable,
  pk: string,
  prefix: string,
): AsyncGenerator<TableItem> {
  let from: Record<string, unknown> | undefined;
  do {
    const answer: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    yield* answer.Items ?? [];
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
}
