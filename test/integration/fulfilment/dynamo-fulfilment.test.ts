import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { factsPartition } from '../../../shared/fulfilment/adapters/fulfilment-item.ts';
import { makeDynamoFulfilmentQueries } from '../../../shared/fulfilment/adapters/dynamo-fulfilment-queries.ts';
import { makeDynamoFulfilmentStore } from '../../../shared/fulfilment/adapters/dynamo-fulfilment-store.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { factsItemSchema } from '../../../shared/platform/facts/facts-item.ts';
import { makeFulfilmentTables } from '../../support/fulfilment/dynamo-tables.ts';
import { describeFulfilmentStore } from '../../support/fulfilment/fulfilment-store.contract.ts';

const tables = makeFulfilmentTables(requireEnvironment('DYNAMODB_ENDPOINT'));
afterAll(tables.drop);

describeFulfilmentStore('on DynamoDB', async () => {
  const table = await tables.make();
  return {
    store: makeDynamoFulfilmentStore(table),
    queries: makeDynamoFulfilmentQueries(table),
    factTypes: async (work) => {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': factsPartition(work.fulfilmentOrderId) },
        }),
      );
      return Items.flatMap((item) => factsItemSchema.parse(item).facts.map((fact) => fact.detailType));
    },
  };
});
