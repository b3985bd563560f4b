import { randomUUID } from 'node:crypto';
import { makeDynamoBooks } from '../../../shared/inventory/adapters/dynamo-books.ts';
import { makeDynamoProofStore } from '../../../shared/inventory/adapters/dynamo-proof-store.ts';
import { makeDynamoDueClaims } from '../../../shared/inventory/adapters/dynamo-due-claims.ts';
import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { describeBooks, describeSegments } from '../../support/inventory/books-contract.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { describeProofStore } from '../../support/inventory/proof-store-contract.ts';
import { describeStockLedger } from '../../support/inventory/stock-ledger-contract.ts';

const stockOn = (memory: MemoryDynamo) => {
  const table = { client: memoryClient(memory), tableName: 'inventory' };
  return {
    ledger: makeDynamoStockLedger(table),
    history: makeDynamoStockHistory(table),
    books: makeDynamoBooks(table),
    proofs: makeDynamoProofStore({ ...table, newId: randomUUID, nowMs: Date.now }),
    due: makeDynamoDueClaims(table),
  };
};
const shortPages = (): MemoryDynamo => {
  const memory = new MemoryDynamo();
  memory.pageSize = 1;
  memory.batchSize = 1;
  return memory;
};

describeStockLedger('on DynamoDB (in memory)', async () => stockOn(new MemoryDynamo()));
describeStockLedger('on DynamoDB with short pages (in memory)', async () => stockOn(shortPages()));
describeBooks('on DynamoDB (in memory)', async () => stockOn(new MemoryDynamo()));
describeBooks('on DynamoDB with short pages (in memory)', async () => stockOn(shortPages()));
describeSegments('on DynamoDB (in memory)', async () => stockOn(new MemoryDynamo()));
describeProofStore('on DynamoDB (in memory)', async () => stockOn(new MemoryDynamo()));
describeProofStore('on DynamoDB with short pages (in memory)', async () => stockOn(shortPages()));
