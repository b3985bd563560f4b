import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { describeStockLedger } from '../../support/inventory/stock-ledger-contract.ts';

describeStockLedger('on DynamoDB (in memory)', async () => {
  const table = { client: memoryClient(new MemoryDynamo()), tableName: 'inventory' };
  return { ledger: makeDynamoStockLedger(table), history: makeDynamoStockHistory(table) };
});

describeStockLedger('on DynamoDB with short pages (in memory)', async () => {
  const memory = new MemoryDynamo();
  memory.pageSize = 1;
  memory.batchSize = 1;
  const table = { client: memoryClient(memory), tableName: 'inventory' };
  return { ledger: makeDynamoStockLedger(table), history: makeDynamoStockHistory(table) };
});
