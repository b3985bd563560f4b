import { GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { strategy as strategySchema, strategyHead } from '../../contracts/sourcing/strategy.ts';
import { transact } from '../../platform/dynamo/transact.ts';
import type { StrategyStore } from '../application/ports.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import type { StrategyHead } from '../domain/strategy/strategy-head.ts';

const HEADS = 'STRATEGIES';
const versionKey = (strategyId: string, version: number) => ({
  pk: `STRATEGY#${strategyId}`,
  sk: `VERSION#${String(version).padStart(6, '0')}`,
});

/** Heads lie under one key, so that the active strategies are one query and one read each; versions by strategy. */
export const makeDynamoStrategies = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): StrategyStore => {
  const { client, tableName: TableName } = table;
  const read = async (Key: Record<string, string>): Promise<unknown> =>
    (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item?.['data'];

  const listHeads = async (): Promise<readonly StrategyHead[]> => {
    const heads: StrategyHead[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': HEADS },
          ExclusiveStartKey: from,
        }),
      );
      for (const image of page.Items ?? []) heads.push(strategyHead.parse(image['data']));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return heads;
  };
  const findVersion = async (strategyId: string, version: number): Promise<Strategy | undefined> => {
    const data = await read(versionKey(strategyId, version));
    return data === undefined ? undefined : strategySchema.parse(data);
  };

  return {
    listHeads,
    findVersion,
    findHead: async (strategyId) => {
      const data = await read({ pk: HEADS, sk: strategyId });
      return data === undefined ? undefined : strategyHead.parse(data);
    },
    listInForce: async () => {
      const heads = (await listHeads()).filter(({ active }) => active !== null);
      const found = await Promise.all(
        heads.map(async ({ strategyId, active, trial: terms }) => {
          const [strategy, tried] = await Promise.all([
            findVersion(strategyId, active ?? 0),
            terms === undefined ? undefined : findVersion(strategyId, terms.version),
          ]);
          const trial = terms && tried && { terms, strategy: tried };
          return strategy && { strategy, ...(trial === undefined ? {} : { trial }) };
        }),
      );
      return found.filter((entry) => entry !== undefined);
    },
    save: async (head, strategy) => {
      const { written } = await transact(client, [
        {
          Put: {
            TableName,
            Item: {
              pk: HEADS,
              sk: head.strategyId,
              entity: 'strategyHead',
              revision: head.revision,
              data: head,
            },
            ...(head.revision === 1
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: 'revision = :before',
                  ExpressionAttributeValues: { ':before': head.revision - 1 },
                }),
          },
        },
        ...(strategy === undefined
          ? []
          : [
              {
                Put: {
                  TableName,
                  Item: {
                    ...versionKey(strategy.strategyId, strategy.version),
                    entity: 'strategyVersion',
                    data: strategy,
                  },
                  ConditionExpression: 'attribute_not_exists(pk)',
                },
              },
            ]),
      ]);
      return written;
    },
  };
};
