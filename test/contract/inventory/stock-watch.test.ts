import { makeDynamoReorderPoints } from '../../../shared/inventory/adapters/dynamo-reorder-points.ts';
import { makeDynamoShelves } from '../../../shared/inventory/adapters/dynamo-shelves.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { describeStockWatch } from '../../support/inventory/stock-watch.contract.ts';

describeStockWatch('on DynamoDB (in memory)', async () => {
  const table = { client: memoryClient(new MemoryDynamo()), tableName: 'inventory' };
  return {
    ledger: makeDynamoStockLedger(table),
    points: makeDynamoReorderPoints(table),
    shelves: makeDynamoShelves(table),
  };
});
