import { makeDynamoChannelPolicies } from '../../../shared/channels/adapters/dynamo/dynamo-channel-policies.ts';
import { makeDynamoPublishedFigures } from '../../../shared/channels/adapters/dynamo/dynamo-published-figures.ts';
import { makeDynamoResyncs } from '../../../shared/channels/adapters/dynamo/dynamo-resyncs.ts';
import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { describePublicationStores } from '../../support/channels/publication-stores.contract.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';

// A table of its own for every test: on a busy machine that alone may take seconds.
jest.setTimeout(60_000);

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'channels');
afterAll(tables.drop);

describePublicationStores('on DynamoDB', async () => {
  const table = await tables.make();
  return {
    published: makeDynamoPublishedFigures(table),
    policies: makeDynamoChannelPolicies(table),
    resyncs: makeDynamoResyncs(table),
  };
});
