import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AwsRefusal, type AwsCall } from '../../../shared/platform/aws/aws-call.ts';
import type { MemoryDynamo } from '../inventory/memory-dynamo.ts';

type RawPut = { TableName: string; Item: Record<string, unknown>; ConditionExpression: string };

/** DynamoDB's JSON carries bytes as base64. */
const itemOf = (raw: Record<string, unknown>): Record<string, unknown> =>
  unmarshall(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => {
        const bytes = (value as { B?: string }).B;
        return [name, (bytes === undefined ? value : { B: Buffer.from(bytes, 'base64') }) as AttributeValue];
      }),
    ),
  );

const putOf = ({ Item, ...rest }: RawPut) => ({ ...rest, Item: itemOf(Item) });

const refusalOf = (error: unknown): unknown => {
  if (error instanceof ConditionalCheckFailedException)
    return new AwsRefusal('dynamodb', 400, { __type: `x#${error.name}` });
  if (error instanceof TransactionCanceledException)
    return new AwsRefusal('dynamodb', 400, {
      __type: `x#${error.name}`,
      CancellationReasons: error.CancellationReasons,
    });
  return error;
};

/** The operations of the hot path over a table in memory, in DynamoDB's own words. */
export const memoryAwsCall =
  (table: MemoryDynamo): AwsCall =>
  async (operation, input) => {
    try {
      if (operation === 'PutItem') return table.execute(new PutCommand(putOf(input as RawPut)));
      const { TransactItems } = input as { TransactItems: { Put: RawPut }[] };
      return table.execute(
        new TransactWriteCommand({ TransactItems: TransactItems.map(({ Put }) => ({ Put: putOf(Put) })) }),
      );
    } catch (error) {
      throw refusalOf(error);
    }
  };
