import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';
import { describeStockLedger } from '../../support/inventory/stock-ledger-contract.ts';

// A table of its own for every test: on a busy machine that alone may take seconds.
jest.setTimeout(60_000);

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'inventory');
afterAll(tables.drop);

describeStockLedger('on DynamoDB', async () => {
  const table = await tables.make();
  return { ledger: makeDynamoStockLedger(table), history: makeDynamoStockHistory(table) };
});
