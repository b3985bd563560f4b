import { makeDynamoOrderQueries } from '../../../shared/orders/adapters/dynamo-order-queries.ts';
import { makeDynamoOrderStore } from '../../../shared/orders/adapters/dynamo-order-store.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';
import { describeOrderStore } from '../../support/orders/order-store.contract.ts';

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'orders', {
  ProjectionType: 'INCLUDE',
  NonKeyAttributes: ['summary'],
});
afterAll(tables.drop);

describeOrderStore('on DynamoDB', async () => {
  const table = await tables.make();
  return { store: makeDynamoOrderStore(table), queries: makeDynamoOrderQueries(table) };
});
