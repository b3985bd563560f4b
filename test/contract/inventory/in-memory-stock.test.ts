import { describeBooks } from '../../support/inventory/books-contract.ts';
import { describeStockLedger } from '../../support/inventory/stock-ledger-contract.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

describeStockLedger('in memory', async () => makeInMemoryStock());

describeBooks('in memory', async () => makeInMemoryStock());
