import { makeReadAvailability, makeReadStockCells } from '../application/read-stock.ts';
import { makeDynamoStockLedger, type StockTable } from './dynamo-stock-ledger.ts';

/** What other contexts may ask of stock: the cells that have something to give, or all of them with their versions. */
export const makeDynamoStockQueries = (table: StockTable) => ({
  readAvailability: makeReadAvailability({ ledger: makeDynamoStockLedger(table) }),
  readStockCells: makeReadStockCells({ ledger: makeDynamoStockLedger(table) }),
});
