import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeDynamoSupplyOrders } from '../../../shared/inventory/adapters/dynamo-supply-orders.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { describeSupplyOrders } from '../../support/inventory/supply-orders-contract.ts';

describeSupplyOrders('in memory', async () => makeInMemoryStock());

describeSupplyOrders('on DynamoDB (in memory)', async () => {
  const table = { client: memoryClient(new MemoryDynamo()), tableName: 'inventory' };
  return { ledger: makeDynamoStockLedger(table), supply: makeDynamoSupplyOrders(table) };
});

describeSupplyOrders('on DynamoDB with short pages (in memory)', async () => {
  const memory = new MemoryDynamo();
  memory.pageSize = 1;
  const table = { client: memoryClient(memory), tableName: 'inventory' };
  return { ledger: makeDynamoStockLedger(table), supply: makeDynamoSupplyOrders(table) };
});
