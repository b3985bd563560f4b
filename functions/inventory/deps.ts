import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoStockHistory } from '../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeNetworkLookup } from '../../shared/inventory/adapters/network-lookup.ts';
import { makePublishStockChanges } from '../../shared/inventory/adapters/publish-stock-changes.ts';
import { makeReceiveStock, makeSetOnHand } from '../../shared/inventory/application/adjust-stock.ts';
import { makeAuditStock } from '../../shared/inventory/application/audit-stock.ts';
import { makeBookShipment } from '../../shared/inventory/application/book-shipment.ts';
import { makeImportStock } from '../../shared/inventory/application/import-stock.ts';
import { makeReadStock } from '../../shared/inventory/application/read-stock.ts';
import { makeReleaseReservation } from '../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../shared/inventory/application/reserve-plan.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { makeBus } from '../../shared/platform/facts/bus.ts';
import { once } from '../../shared/platform/once.ts';

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE') }));
const ledger = once(() => makeDynamoStockLedger(table()));
const history = once(() => makeDynamoStockHistory(table()));
const network = once(() =>
  makeNetworkLookup(
    makeDynamoNetworkQueries({ client: client(), tableName: requireEnvironment('NETWORK_TABLE') }),
  ),
);
const adjusting = once(() => ({ ledger: ledger(), catalogue: network(), network: network(), now }));

export const deps = {
  history,
  readStock: once(() => makeReadStock({ ledger: ledger() })),
  receiveStock: once(() => makeReceiveStock(adjusting())),
  setOnHand: once(() => makeSetOnHand(adjusting())),
  importStock: once(() => makeImportStock(adjusting())),
  auditStock: once(() => makeAuditStock({ history: history(), now })),
  reservePlan: once(() => makeReservePlan({ ledger: ledger(), now })),
  releaseReservation: once(() => makeReleaseReservation({ ledger: ledger(), now })),
  bookShipment: once(() => makeBookShipment({ ledger: ledger(), now })),
  publishStockChanges: once(() =>
    makePublishStockChanges({
      putOnBus: makeBus(new EventBridgeClient(), requireEnvironment('EVENT_BUS_NAME')),
    }),
  ),
};
