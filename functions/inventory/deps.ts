import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoDueClaims } from '../../shared/inventory/adapters/dynamo-due-claims.ts';
import { makeDynamoStockHistory } from '../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeHeatGauge } from '../../shared/inventory/adapters/heat-gauge.ts';
import { makeDynamoSupplyOrders } from '../../shared/inventory/adapters/dynamo-supply-orders.ts';
import { makeNetworkLookup, placesOf } from '../../shared/inventory/adapters/network-lookup.ts';
import {
  makeMoveStock,
  makeReceiveStock,
  makeSetOnHand,
} from '../../shared/inventory/application/adjust-stock.ts';
import { makeBindBasket } from '../../shared/inventory/application/bind-basket.ts';
import { makeBookShipment } from '../../shared/inventory/application/book-shipment.ts';
import { makeClaimTogether } from '../../shared/inventory/application/claim-together.ts';
import { makeExtendBasket, makeReadBasket } from '../../shared/inventory/application/extend-basket.ts';
import { makeFreeBasket, makeReleaseBasket } from '../../shared/inventory/application/free-basket.ts';
import { makeHoldBasket } from '../../shared/inventory/application/hold-basket.ts';
import { makeImportStock } from '../../shared/inventory/application/import-stock.ts';
import { makeLedgerOfNow } from '../../shared/inventory/application/ledger-of-now.ts';
import { makeReadExpectedAvailability } from '../../shared/inventory/application/read-expected-availability.ts';
import { makeAnnounceSupply } from '../../shared/inventory/application/supply/announce-supply.ts';
import { makeCloseSupply } from '../../shared/inventory/application/supply/close-supply.ts';
import { makeDepartTransfer } from '../../shared/inventory/application/supply/depart-transfer.ts';
import { makeReceiveSupply } from '../../shared/inventory/application/supply/receive-supply.ts';
import { makeReadStock } from '../../shared/inventory/application/read-stock.ts';
import { makeReleaseReservation } from '../../shared/inventory/application/release-reservation.ts';
import { makeSetRingFence } from '../../shared/inventory/application/set-ring-fence.ts';
import { makeReservePlan } from '../../shared/inventory/application/reserve-plan.ts';
import { makeBasketSwap } from '../../shared/inventory/application/swap-basket.ts';
import { makeSweepExpiredClaims } from '../../shared/inventory/application/sweep-expired-claims.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { keepFor } from '../../shared/platform/keep-for.ts';
import { logger } from '../../shared/platform/observability.ts';
import { once } from '../../shared/platform/once.ts';

/** A node that moves to another region is told of after this long. */
const PLACES_KEPT_MS = 60_000;

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE') }));
const heat = once(() =>
  makeHeatGauge({
    nowMs: Date.now,
    onChange: ({ sku, nodeId }, state) => logger.warn(`a cell turned ${state}`, { sku, nodeId }),
  }),
);
const ledger = once(() =>
  makeLedgerOfNow({
    ledger: makeDynamoStockLedger({
      ...table(),
      onContention: (cells) => cells.forEach(heat().noteContention),
    }),
    now,
  }),
);
const grouping = once(() => ({
  isHot: heat().isHot,
  claimTogether: makeClaimTogether({ ledger: ledger(), now, newGroupId: randomUUID }),
  // Somebody usually gathers the claim within a few hundredths of a second; after half a second one does it oneself.
  pause: () => setTimeout(50 + Math.random() * 25),
  patience: 8,
}));
const history = once(() => makeDynamoStockHistory(table()));
const supply = once(() => makeDynamoSupplyOrders(table()));
const nodesAndItems = once(() =>
  makeDynamoNetworkQueries({ client: client(), tableName: requireEnvironment('NETWORK_TABLE') }),
);
const network = once(() => makeNetworkLookup(nodesAndItems()));
const ordering = once(() => ({ ledger: ledger(), supply: supply(), now }));
const adjusting = once(() => ({ ledger: ledger(), catalogue: network(), network: network(), now }));

const releaseReservation = once(() =>
  makeReleaseReservation({ ledger: ledger(), now, grouping: grouping() }),
);
const baskets = once(() => ({ ledger: ledger(), now, releaseReservation: releaseReservation() }));

export const deps = {
  now,
  history,
  supply,
  announceSupply: once(() => makeAnnounceSupply({ ...ordering(), catalogue: network(), network: network() })),
  departTransfer: once(() => makeDepartTransfer(ordering())),
  receiveSupply: once(() => makeReceiveSupply(ordering())),
  closeSupply: once(() => makeCloseSupply(ordering())),
  readExpectedAvailability: once(() =>
    makeReadExpectedAvailability({
      ...ordering(),
      places: keepFor(PLACES_KEPT_MS, async () => placesOf(await nodesAndItems().listAllNodes())),
    }),
  ),
  readStock: once(() => makeReadStock({ ledger: ledger() })),
  receiveStock: once(() => makeReceiveStock(adjusting())),
  moveStock: once(() => makeMoveStock(adjusting())),
  setOnHand: once(() => makeSetOnHand(adjusting())),
  setRingFence: once(() => makeSetRingFence(adjusting())),
  importStock: once(() => makeImportStock(adjusting())),
  claimTogether: once(() => grouping().claimTogether),
  reservePlan: once(() =>
    makeReservePlan({ ledger: ledger(), now, grouping: grouping(), baskets: makeBasketSwap(baskets()) }),
  ),
  releaseReservation,
  holdBasket: once(() => makeHoldBasket(adjusting())),
  readBasket: once(() => makeReadBasket({ ledger: ledger() })),
  extendBasket: once(() => makeExtendBasket(baskets())),
  releaseBasket: once(() => makeReleaseBasket(baskets())),
  bindBasket: once(() => makeBindBasket(baskets())),
  freeBasket: once(() => makeFreeBasket(baskets())),
  sweepExpiredClaims: once(() =>
    makeSweepExpiredClaims({ ledger: ledger(), due: makeDynamoDueClaims(table()), now }),
  ),
  bookShipment: once(() => makeBookShipment({ ledger: ledger(), now })),
};
