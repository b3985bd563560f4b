import { requireEnvironment } from '../../../shared/platform/environment.ts';
import { makeFeedHouse } from '../../support/inventory/feed-house.ts';
import { describeFeedStore } from '../../support/inventory/feed-store-contract.ts';
import { makeDynamoTables } from '../../support/platform/dynamo-tables.ts';

// A table of its own for every test: on a busy machine that alone may take seconds.
jest.setTimeout(60_000);

const tables = makeDynamoTables(requireEnvironment('DYNAMODB_ENDPOINT'), 'inventory');
afterAll(tables.drop);

describeFeedStore('on DynamoDB', async () =>
  makeFeedHouse(() => '2026-11-23T09:00:00.000Z', {}, await tables.make()),
);
