import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeDynamoCapacity } from '../../../shared/sourcing/adapters/dynamo-capacity.ts';
import {
  makeDynamoReleaseBook,
  makeDynamoReleaseQueue,
} from '../../../shared/sourcing/adapters/dynamo-releases.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';
import { describeCapacityStore } from '../../support/sourcing/capacity-store.contract.ts';
import { describeReleaseStores } from '../../support/sourcing/release-store.contract.ts';

// A table of its own for every test: on a busy machine that alone may take seconds.
jest.setTimeout(60_000);

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'sourcing', {
  ProjectionType: 'INCLUDE',
  NonKeyAttributes: ['request', 'strategyId', 'since', 'version'],
});
afterAll(tables.drop);
const table = async () => ({ ...(await tables.make()), now: Date.now });

describeCapacityStore('on DynamoDB', async () => makeDynamoCapacity(await table()));
describeReleaseStores('on DynamoDB', async () => {
  const made = await table();
  return { queue: makeDynamoReleaseQueue(made), releases: makeDynamoReleaseBook(made) };
});
