import { describeStockLedger } from '../../support/inventory/stock-ledger-contract.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

describeStockLedger('in memory', async () => makeInMemoryStock());
