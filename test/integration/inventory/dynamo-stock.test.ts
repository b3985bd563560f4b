import { randomUUID } from 'node:crypto';
import { makeDynamoBooks } from '../../../shared/inventory/adapters/dynamo-books.ts';
import { makeDynamoProofStore } from '../../../shared/inventory/adapters/dynamo-proof-store.ts';
import { makeDynamoDueClaims } from '../../../shared/inventory/adapters/dynamo-due-claims.ts';
import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeDynamoSupplyOrders } from '../../../shared/inventory/adapters/dynamo-supply-orders.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';
import { describeBooks, describeSegments } from '../../support/inventory/books-contract.ts';
import { describeSupplyOrders } from '../../support/inventory/supply-orders-contract.ts';
import { describeProofStore } from '../../support/inventory/proof-store-contract.ts';
import { describeStockLedger } from '../../support/inventory/stock-ledger-contract.ts';

// A table of its own for every test: on a busy machine that alone may take seconds.
jest.setTimeout(60_000);

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'inventory');
afterAll(tables.drop);

const make = async () => {
  const table = await tables.make();
  return {
    ledger: makeDynamoStockLedger(table),
    history: makeDynamoStockHistory(table),
    books: makeDynamoBooks(table),
    proofs: makeDynamoProofStore({ ...table, newId: randomUUID, nowMs: Date.now }),
    due: makeDynamoDueClaims(table),
    supply: makeDynamoSupplyOrders(table),
  };
};
describeStockLedger('on DynamoDB', make);
describeBooks('on DynamoDB', make);
describeSegments('on DynamoDB', make);
describeSupplyOrders('on DynamoDB', make);
describeProofStore('on DynamoDB', make);
