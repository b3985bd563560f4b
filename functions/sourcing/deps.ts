import { makeDynamoStockLedger } from '../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeReadAvailability } from '../../shared/inventory/application/read-stock.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { once } from '../../shared/platform/once.ts';
import { makeDynamoDecisionLog } from '../../shared/sourcing/adapters/dynamo-decision-log.ts';
import { makeNetworkView } from '../../shared/sourcing/adapters/network-view.ts';
import { makeChooseNodesForOrder } from '../../shared/sourcing/application/choose-nodes-for-order.ts';

const client = once(makeDocumentClient);
const networkView = once(() =>
  makeNetworkView(
    makeDynamoNetworkQueries({ client: client(), tableName: requireEnvironment('NETWORK_TABLE') }),
  ),
);
const availability = once(() =>
  makeReadAvailability({
    ledger: makeDynamoStockLedger({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE') }),
  }),
);

export const deps = {
  chooseNodes: once(() =>
    makeChooseNodesForOrder({
      view: { ...networkView(), stockOnOffer: (skus) => availability()(skus) },
      decisions: makeDynamoDecisionLog({
        client: client(),
        tableName: requireEnvironment('SOURCING_TABLE'),
      }),
      now: () => instantOf(Date.now()),
      decisionIdOf: ({ reservationId }) => `${reservationId}.${Date.now().toString(36)}`,
    }),
  ),
};
