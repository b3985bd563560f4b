import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { transact, type TransactionAction } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { Fact } from '../../contracts/events/fact.ts';
import type { FulfilmentOrderStore } from '../application/ports.ts';
import type { FulfilmentOrder } from '../domain/fulfilment-order.ts';
import { factsPartition, readItem, stateAttributes, toItem, workKey } from './fulfilment-item.ts';

/**
 * Fulfilment orders in DynamoDB. A change of state updates the attributes of the state only: the callback that a
 * workflow leaves at the same time stays.
 */
export const makeDynamoFulfilmentStore = ({
  client,
  tableName,
}: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): FulfilmentOrderStore => {
  const putFact = (work: FulfilmentOrder, fact: Fact): TransactionAction => ({
    Put: {
      TableName: tableName,
      Item: factsItem({
        pk: factsPartition(work.fulfilmentOrderId),
        aggregateId: work.fulfilmentOrderId,
        version: work.version,
        at: work.updatedAt,
        facts: [fact],
      }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  const updateState = (work: FulfilmentOrder): TransactionAction => {
    const changes = Object.entries(stateAttributes(work)).filter(([, value]) => value !== undefined);
    return {
      Update: {
        TableName: tableName,
        Key: workKey(work.fulfilmentOrderId),
        UpdateExpression: `SET ${changes.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: Object.fromEntries(changes.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ':before': work.version - 1,
          ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])),
        },
      },
    };
  };

  return {
    find: async (id) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: workKey(id), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : readItem(Item).work;
    },

    create: async (work, fact) => {
      const put = {
        TableName: tableName,
        Item: toItem(work),
        ConditionExpression: 'attribute_not_exists(pk)',
      };
      const { written } = await transact(client, [{ Put: put }, putFact(work, fact)]);
      return written ? 'created' : 'exists';
    },

    save: async (work, fact) => {
      const { written } = await transact(client, [updateState(work), putFact(work, fact)]);
      return written ? 'saved' : 'overtaken';
    },

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
