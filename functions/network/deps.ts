import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeImportRows } from '../../shared/platform/import-rows.ts';
import {
  makeDynamoNetworkQueries,
  makeDynamoNetworkStore,
} from '../../shared/network/adapters/dynamo-network.ts';
import type { Item } from '../../shared/network/domain/item.ts';
import type { Node } from '../../shared/network/domain/node.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { makeBus } from '../../shared/platform/facts/bus.ts';
import { makePublishFacts } from '../../shared/platform/facts/publish-facts.ts';
import { once } from '../../shared/platform/once.ts';

const now = () => instantOf(Date.now());
const table = once(() => ({ client: makeDocumentClient(), tableName: requireEnvironment('NETWORK_TABLE') }));
const store = once(() => makeDynamoNetworkStore(table()));

export const deps = {
  now,
  store,
  queries: once(() => makeDynamoNetworkQueries(table())),
  importNodes: once(() =>
    makeImportRows<Node>({ save: store().saveNodes, keyOf: (node) => node.nodeId, now }),
  ),
  importItems: once(() => makeImportRows<Item>({ save: store().saveItems, keyOf: (item) => item.sku, now })),
  publishFacts: once(() =>
    makePublishFacts({ putOnBus: makeBus(new EventBridgeClient(), requireEnvironment('EVENT_BUS_NAME')) }),
  ),
};
