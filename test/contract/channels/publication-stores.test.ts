import { makeDynamoChannelPolicies } from '../../../shared/channels/adapters/dynamo/dynamo-channel-policies.ts';
import { makeDynamoPublishedFigures } from '../../../shared/channels/adapters/dynamo/dynamo-published-figures.ts';
import { makeDynamoResyncs } from '../../../shared/channels/adapters/dynamo/dynamo-resyncs.ts';
import { describePublicationStores } from '../../support/channels/publication-stores.contract.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';

const storesOver = (memory: MemoryDynamo) => {
  const table = { client: memoryClient(memory), tableName: 'channels' };
  return {
    published: makeDynamoPublishedFigures(table),
    policies: makeDynamoChannelPolicies(table),
    resyncs: makeDynamoResyncs(table),
  };
};

describePublicationStores('on DynamoDB (in memory)', async () => storesOver(new MemoryDynamo()));

describePublicationStores('on DynamoDB with short pages (in memory)', async () => {
  const memory = new MemoryDynamo();
  memory.pageSize = 1;
  memory.batchSize = 1;
  return storesOver(memory);
});
