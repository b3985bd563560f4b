import { makeDynamoCapacity } from '../../../shared/sourcing/adapters/dynamo-capacity.ts';
import { makeDynamoNodeWaiters } from '../../../shared/sourcing/adapters/dynamo-node-waiters.ts';
import {
  makeDynamoReleaseBook,
  makeDynamoReleaseQueue,
} from '../../../shared/sourcing/adapters/dynamo-releases.ts';
import { MemoryDynamo, memoryClient } from '../inventory/memory-dynamo.ts';

/** The sourcing table in memory, under the very adapters. */
export const memorySourcing = () => {
  const table = new MemoryDynamo();
  const at = {
    client: memoryClient(table),
    tableName: 'sourcing',
    now: () => Date.parse('2026-11-25T10:00:00Z'),
  };
  return {
    table,
    capacity: makeDynamoCapacity(at),
    queue: makeDynamoReleaseQueue(at),
    releases: makeDynamoReleaseBook(at),
    waiters: makeDynamoNodeWaiters(at),
  };
};
