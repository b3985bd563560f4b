import { makeLedgerOfNow } from '../application/ledger-of-now.ts';
import type { Clock } from '../application/ports.ts';
import { makeReadAvailability, makeReadStockCells } from '../application/read-stock.ts';
import { makeDynamoStockLedger, type StockTable } from './dynamo-stock-ledger.ts';

/** What other contexts may ask of stock: the cells that have something to give, or all of them with their versions. */
export const makeDynamoStockQueries = ({ now, ...table }: StockTable & { readonly now: Clock }) => {
  const ledger = makeLedgerOfNow({ ledger: makeDynamoStockLedger(table), now });
  return {
    readAvailability: makeReadAvailability({ ledger, now }),
    readStockCells: makeReadStockCells({ ledger }),
  };
};
