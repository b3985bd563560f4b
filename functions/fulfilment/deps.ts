import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { makeDynamoFulfilmentQueries } from '../../shared/fulfilment/adapters/dynamo-fulfilment-queries.ts';
import { makeDynamoFulfilmentStore } from '../../shared/fulfilment/adapters/dynamo-fulfilment-store.ts';
import { readItem } from '../../shared/fulfilment/adapters/fulfilment-item.ts';
import { makeHttpNodeNotifier } from '../../shared/fulfilment/adapters/http-node-notifier.ts';
import { makePublishWork } from '../../shared/fulfilment/adapters/publish-work.ts';
import { makeWorkSigner } from '../../shared/fulfilment/adapters/sign-work.ts';
import {
  makeStepFunctionsAnswerer,
  makeStepFunctionsStarter,
} from '../../shared/fulfilment/adapters/step-functions-workflows.ts';
import {
  makeAcceptWork,
  makeCancelWork,
  makeRecordShipment,
  makeRejectWork,
} from '../../shared/fulfilment/application/answer-work.ts';
import type { WorkPlaces } from '../../shared/fulfilment/application/ports.ts';
import { makeOpenFulfilmentOrders } from '../../shared/fulfilment/application/open-fulfilment-orders.ts';
import { makeGetWork, makeListWork } from '../../shared/fulfilment/application/read-work.ts';
import {
  makeAskNode,
  makeAwaitShipment,
  makeRecordSilence,
  makeResumeWorkflow,
} from '../../shared/fulfilment/application/run-workflow.ts';
import { makeTellCancellation } from '../../shared/fulfilment/application/tell-cancellation.ts';
import type { NodeId } from '../../shared/kernel/ids.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDynamoOrderQueries } from '../../shared/orders/adapters/dynamo-order-queries.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { makeBus } from '../../shared/platform/facts/bus.ts';
import { keepFor } from '../../shared/platform/keep-for.ts';
import { once } from '../../shared/platform/once.ts';
import { makeSecretReader } from '../../shared/platform/secrets.ts';

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const workflowClient = once(() => new SFNClient());

const table = once(() => ({ client: client(), tableName: requireEnvironment('FULFILMENT_TABLE') }));
const store = once(() => makeDynamoFulfilmentStore(table()));
const queries = once(() => makeDynamoFulfilmentQueries(table()));
/** A node's endpoint and deadlines may be this old when work is given to it. */
const NODES_KEPT_MS = 30_000;

const places = once((): WorkPlaces => {
  const network = makeDynamoNetworkQueries({
    client: client(),
    tableName: requireEnvironment('NETWORK_TABLE'),
  });
  const kept = new Map<NodeId, WorkPlaces['findNode']>();
  return {
    findNode: (nodeId) => {
      const find = kept.get(nodeId) ?? keepFor(NODES_KEPT_MS, () => network.findNode(nodeId));
      kept.set(nodeId, find);
      return find(nodeId);
    },
  };
});
const destinations = once(() => {
  const table = { client: client(), tableName: requireEnvironment('ORDERS_TABLE') };
  return { findDestination: makeDynamoOrderQueries(table).findShipping };
});
const change = once(() => ({ store: store(), now }));
const notifier = once(() => {
  const readSecret = makeSecretReader(new SecretsManagerClient());
  const secretId = `${requireEnvironment('SECRET_PREFIX')}node-signing`;
  return makeHttpNodeNotifier({ sign: makeWorkSigner(() => readSecret(secretId)) });
});

export const deps = {
  getWork: once(() => makeGetWork({ store: store() })),
  listWork: once(() => makeListWork({ queries: queries() })),
  acceptWork: once(() => makeAcceptWork(change())),
  rejectWork: once(() => makeRejectWork(change())),
  recordShipment: once(() => makeRecordShipment(change())),
  cancelWork: once(() => makeCancelWork(change())),
  openFulfilmentOrders: once(() =>
    makeOpenFulfilmentOrders({
      store: store(),
      places: places(),
      destinations: destinations(),
      workflows: makeStepFunctionsStarter(workflowClient(), requireEnvironment('FULFIL_ORDER_ARN')),
      now,
    }),
  ),
  askNode: once(() => makeAskNode({ store: store(), places: places(), notifier: notifier() })),
  tellCancellation: once(() =>
    makeTellCancellation({ store: store(), places: places(), notifier: notifier() }),
  ),
  awaitShipment: once(() => makeAwaitShipment({ store: store() })),
  recordSilence: once(() => makeRecordSilence(change())),
  readChangedWork: readItem,
  resumeWorkflow: once(() => makeResumeWorkflow({ workflows: makeStepFunctionsAnswerer(workflowClient()) })),
  publishWork: once(() =>
    makePublishWork({ putOnBus: makeBus(new EventBridgeClient(), requireEnvironment('EVENT_BUS_NAME')) }),
  ),
};
