import { makeFeedHouse } from '../../support/inventory/feed-house.ts';
import { describeFeedStore } from '../../support/inventory/feed-store-contract.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';

const now = (): string => '2026-11-23T09:00:00.000Z';

describeFeedStore('on DynamoDB (in memory)', async () => makeFeedHouse(now));

describeFeedStore('on DynamoDB with short pages (in memory)', async () => {
  const memory = new MemoryDynamo();
  memory.pageSize = 1;
  memory.batchSize = 1;
  return makeFeedHouse(now, {}, { client: memoryClient(memory), tableName: 'inventory' });
});
