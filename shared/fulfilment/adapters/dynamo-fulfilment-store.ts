import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { FulfilmentOrderStore } from '../application/ports.ts';
import type { FulfilmentOrder } from '../domain/fulfilment-order.ts';
import { readItem, stateAttributes, toItem, workKey } from './fulfilment-item.ts';

/** `done`, or `refused` when the condition of the write does not hold. */
const unless = async <Done, Refused>(
  write: Promise<unknown>,
  done: Done,
  refused: Refused,
): Promise<Done | Refused> => {
  try {
    await write;
    return done;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return refused;
    throw error;
  }
};

/**
 * Fulfilment orders in DynamoDB, one conditional write a change: what the bus is told of it, the stream tells from the
 * images (publish-work.ts), since the work in its new state is all that there is to tell. A write that was repeated
 * because its answer was lost is refused as overtaken, and the decision made anew finds nothing to change. A change of state updates the attributes of the state only: the callback that a
 * workflow leaves at the same time stays.
 */
export const makeDynamoFulfilmentStore = ({
  client,
  tableName,
}: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): FulfilmentOrderStore => {
  const updateState = (work: FulfilmentOrder): UpdateCommand => {
    const changes = Object.entries(stateAttributes(work)).filter(([, value]) => value !== undefined);
    return new UpdateCommand({
      TableName: tableName,
      Key: workKey(work.fulfilmentOrderId),
      UpdateExpression: `SET ${changes.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: Object.fromEntries(changes.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ':before': work.version - 1,
        ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])),
      },
    });
  };

  return {
    find: async (id, reading) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: workKey(id), ConsistentRead: reading !== 'eventual' }),
      );
      return Item === undefined ? undefined : readItem(Item).work;
    },

    create: async (work) => {
      const put = new PutCommand({
        TableName: tableName,
        Item: toItem(work),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return unless(client.send(put), 'created', 'exists');
    },

    save: async (work) => unless(client.send(updateState(work)), 'saved', 'overtaken'),

    leaveToken: async (id, waiting) => {
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: workKey(id),
            UpdateExpression: 'SET waiting = :waiting',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':waiting': waiting },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return readItem(Attributes).work;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },
  };
};
