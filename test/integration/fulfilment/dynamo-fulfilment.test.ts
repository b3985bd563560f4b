import { makeDynamoFulfilmentQueries } from '../../../shared/fulfilment/adapters/dynamo-fulfilment-queries.ts';
import { makeDynamoFulfilmentStore } from '../../../shared/fulfilment/adapters/dynamo-fulfilment-store.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';
import { describeFulfilmentStore } from '../../support/fulfilment/fulfilment-store.contract.ts';

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'fulfilment', {
  ProjectionType: 'INCLUDE',
  NonKeyAttributes: ['status'],
});
afterAll(tables.drop);

describeFulfilmentStore('on DynamoDB', async () => {
  const table = await tables.make();
  return { store: makeDynamoFulfilmentStore(table), queries: makeDynamoFulfilmentQueries(table) };
});
