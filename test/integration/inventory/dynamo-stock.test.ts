import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeDynamoTables } from '../../support/inventory/dynamo-table.ts';
import { describeStockLedger } from '../../support/inventory/stock-ledger-contract.ts';

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'));
afterAll(tables.drop);

describeStockLedger('on DynamoDB', async () => {
  const table = await tables.make();
  return { ledger: makeDynamoStockLedger(table), history: makeDynamoStockHistory(table) };
});
