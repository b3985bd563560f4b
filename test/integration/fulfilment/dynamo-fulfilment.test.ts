import { makeDynamoFulfilmentQueries } from '../../../shared/fulfilment/adapters/dynamo-fulfilment-queries.ts';
import { makeDynamoFulfilmentStore } from '../../../shared/fulfilment/adapters/dynamo-fulfilment-store.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeFulfilmentTables } from '../../support/fulfilment/dynamo-tables.ts';
import { describeFulfilmentStore } from '../../support/fulfilment/fulfilment-store.contract.ts';

const tables = makeFulfilmentTables(requireEnvironment('DYNAMODB_ENDPOINT'));
afterAll(tables.drop);

describeFulfilmentStore('on DynamoDB', async () => {
  const table = await tables.make();
  return { store: makeDynamoFulfilmentStore(table), queries: makeDynamoFulfilmentQueries(table) };
});
