import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { makeDynamoReorderPoints } from '../../shared/inventory/adapters/dynamo-reorder-points.ts';
import { makeDynamoShelves } from '../../shared/inventory/adapters/dynamo-shelves.ts';
import { makeDynamoStockLedger } from '../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeDynamoSupplyOrders } from '../../shared/inventory/adapters/dynamo-supply-orders.ts';
import { makeNetworkLookup } from '../../shared/inventory/adapters/network-lookup.ts';
import { makePublishStockChanges } from '../../shared/inventory/adapters/publish-stock-changes.ts';
import { makeWatchStockChanges } from '../../shared/inventory/adapters/watch-stock-changes.ts';
import {
  makeReadInbound,
  makeSetReorderPoint,
  makeWatchReorderPoint,
} from '../../shared/inventory/application/watch-reorder-point.ts';
import { makeWatchShelf } from '../../shared/inventory/application/watch-shelf.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { makeBus } from '../../shared/platform/facts/bus.ts';
import { once } from '../../shared/platform/once.ts';

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE') }));
const points = once(() => makeDynamoReorderPoints(table()));
const watch = once(() => ({
  ledger: makeDynamoStockLedger(table()),
  points: points(),
  readInbound: makeReadInbound(makeDynamoSupplyOrders(table())),
  now,
}));

/** What follows from a change of stock: it is told, and looked at for shelves and reorder points. */
export const watching = {
  points,
  setReorderPoint: once(() => {
    const network = makeNetworkLookup(
      makeDynamoNetworkQueries({ client: client(), tableName: requireEnvironment('NETWORK_TABLE') }),
    );
    return makeSetReorderPoint({ ...watch(), catalogue: network, network });
  }),
  publishStockChanges: once(() =>
    makePublishStockChanges({
      putOnBus: makeBus(new EventBridgeClient(), requireEnvironment('EVENT_BUS_NAME')),
    }),
  ),
  watchStockChanges: once(() =>
    makeWatchStockChanges({
      watchShelf: makeWatchShelf({
        ledger: watch().ledger,
        shelves: makeDynamoShelves(table()),
        now,
      }),
      watchReorderPoint: makeWatchReorderPoint(watch()),
    }),
  ),
};
