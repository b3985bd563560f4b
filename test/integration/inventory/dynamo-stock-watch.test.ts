import { makeDynamoReorderPoints } from '../../../shared/inventory/adapters/dynamo-reorder-points.ts';
import { makeDynamoShelves } from '../../../shared/inventory/adapters/dynamo-shelves.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';
import { describeStockWatch } from '../../support/inventory/stock-watch.contract.ts';

// A table of its own for every test: on a busy machine that alone may take seconds.
jest.setTimeout(60_000);

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'inventory');
afterAll(tables.drop);

describeStockWatch('on DynamoDB', async () => {
  const table = await tables.make();
  return {
    ledger: makeDynamoStockLedger(table),
    points: makeDynamoReorderPoints(table),
    shelves: makeDynamoShelves(table),
  };
});
