import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { orderClosed, orderUnitsCancelled } from '../../shared/contracts/orders/events.ts';
import { makeDynamoFulfilmentQueries } from '../../shared/fulfilment/adapters/dynamo-fulfilment-queries.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { deriveOrderId, hashSha256 } from '../../shared/orders/adapters/derive-order-id.ts';
import { makeDynamoOrderQueries } from '../../shared/orders/adapters/dynamo-order-queries.ts';
import { makeDynamoOrderStore } from '../../shared/orders/adapters/dynamo-order-store.ts';
import { makeStepFunctionsRouting } from '../../shared/orders/adapters/step-functions-workflows.ts';
import { makeApplyFulfilmentFact } from '../../shared/orders/application/apply-fulfilment-fact.ts';
import { makeCancelOrder } from '../../shared/orders/application/cancel-order.ts';
import { makeEndBackorders } from '../../shared/orders/application/end-backorders.ts';
import { makePlaceOrder } from '../../shared/orders/application/place-order.ts';
import {
  makeAuditOrders,
  makeGetOrder,
  makeListOrders,
} from '../../shared/orders/application/read-orders.ts';
import { makeRecordRouting } from '../../shared/orders/application/record-routing.ts';
import { makeReopenBackorders } from '../../shared/orders/application/reopen-backorders.ts';
import { makeRetryBackorders } from '../../shared/orders/application/retry-backorders.ts';
import { makeScreenOrder } from '../../shared/orders/application/screen-order.ts';
import {
  makeRestartStuckOrders,
  makeStartReleased,
  makeStartRouting,
  makeWithdrawRouting,
} from '../../shared/orders/application/start-routing.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { makeBus } from '../../shared/platform/facts/bus.ts';
import { makePublishFacts } from '../../shared/platform/facts/publish-facts.ts';
import { once } from '../../shared/platform/once.ts';

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('ORDERS_TABLE') }));
const store = once(() => makeDynamoOrderStore(table()));
const queries = once(() => makeDynamoOrderQueries(table()));
const workflows = once(() =>
  makeStepFunctionsRouting(new SFNClient(), requireEnvironment('ROUTE_ORDER_ARN')),
);
const fulfilmentOrders = once(() =>
  makeDynamoFulfilmentQueries({ client: client(), tableName: requireEnvironment('FULFILMENT_TABLE') }),
);

export const deps = {
  placeOrder: once(() => makePlaceOrder({ store: store(), deriveOrderId, hash: hashSha256, now })),
  cancelOrder: once(() => makeCancelOrder({ store: store(), deriveOrderId, now })),
  listOrders: once(() => makeListOrders({ queries: queries() })),
  getOrder: once(() => makeGetOrder({ queries: queries(), fulfilmentOrders: fulfilmentOrders() })),
  auditOrders: once(() => makeAuditOrders({ queries: queries() })),
  screenOrder: once(() => makeScreenOrder({ store: store() })),
  recordRouting: once(() => makeRecordRouting({ store: store(), now })),
  reopenBackorders: once(() => makeReopenBackorders({ store: store(), now })),
  applyFulfilmentFact: once(() => makeApplyFulfilmentFact({ store: store(), now })),
  retryBackorders: once(() => makeRetryBackorders({ store: store(), queries: queries(), now })),
  startRouting: once(() => makeStartRouting({ workflows: workflows() })),
  startReleased: once(() => makeStartReleased({ workflows: workflows() })),
  withdrawRouting: once(() => makeWithdrawRouting({ workflows: workflows() })),
  restartStuckOrders: once(() =>
    makeRestartStuckOrders({ store: store(), queries: queries(), workflows: workflows(), now }),
  ),
  endBackorders: once(() => makeEndBackorders({ store: store(), queries: queries(), now })),
  publishFacts: once(() =>
    makePublishFacts({
      putOnBus: makeBus(new EventBridgeClient(), requireEnvironment('EVENT_BUS_NAME')),
      keptBack: [orderClosed, orderUnitsCancelled],
    }),
  ),
};
