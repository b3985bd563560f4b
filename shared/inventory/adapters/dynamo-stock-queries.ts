import { makeReadAvailability } from '../application/read-stock.ts';
import { makeDynamoStockLedger, type StockTable } from './dynamo-stock-ledger.ts';

/** What other contexts may ask of stock: `readAvailability(skus)` names the cells that have something to give. */
export const makeDynamoStockQueries = (table: StockTable) => ({
  readAvailability: makeReadAvailability({ ledger: makeDynamoStockLedger(table) }),
});
