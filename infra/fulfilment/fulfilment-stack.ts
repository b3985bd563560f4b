import type { Construct } from 'constructs';
import { fulfilmentOrderCancelled } from '../../shared/contracts/fulfilment/events.ts';
import { orderCancellationRequested, orderRouted } from '../../shared/contracts/orders/events.ts';
import { HEARD_STATUSES } from '../../shared/fulfilment/application/fact-of-work.ts';
import { bindings as fulfilOrder } from '../../workflows/fulfilment/fulfil-order.bindings.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

const NODE_SIGNING = 'node-signing';

/** Fulfilment orders: the work that one node is asked to do, from asking to shipment. */
export class FulfilmentStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'fulfilment', foundation);
    const { fulfilment, network, orders } = this.tables;

    this.endpoint('list-fulfilment-orders').lists(fulfilment).uses(fulfilment, 'BatchGetItem');
    this.endpoint('get-fulfilment-order').uses(fulfilment, 'GetItem');
    this.endpoint('accept-fulfilment-order').uses(fulfilment, 'GetItem', 'UpdateItem');
    this.endpoint('reject-fulfilment-order').uses(fulfilment, 'GetItem', 'UpdateItem');
    this.endpoint('ship-fulfilment-order').uses(fulfilment, 'GetItem', 'UpdateItem');

    this.consumer('open-fulfilment-orders', {
      of: [orderRouted],
      impact: 'Stock is reserved, but the nodes are not told to ship it.',
      runbook: 'nodes-get-no-work',
    })
      .uses(orders, 'GetItem')
      .uses(network, 'GetItem')
      .uses(fulfilment, 'PutItem')
      .starts('fulfil-order');

    this.consumer('cancel-fulfilment-orders', {
      of: [orderCancellationRequested],
      impact: 'Orders that were cancelled are shipped all the same, and come back as returns.',
      runbook: 'cancellations-do-not-reach-the-nodes',
    }).uses(fulfilment, 'GetItem', 'UpdateItem');

    this.consumer('tell-cancellations', {
      of: [fulfilmentOrderCancelled],
      impact: 'Nodes go on picking what is called off, and are refused when they ship it.',
      runbook: 'nodes-do-not-hear-of-cancellations',
    })
      .uses(fulfilment, 'GetItem')
      .uses(network, 'GetItem')
      .readsSecret(NODE_SIGNING);

    this.workflow('fulfil-order', {
      bindings: fulfilOrder,
      failed: {
        impact: 'The work of a node broke off: its stock stays reserved, its order open.',
        runbook: 'fulfilment-fails',
      },
      exception: {
        impact:
          'The outcome of a shipment is not booked: stock and order are not right until a person looks.',
        runbook: 'fulfilment-orders-in-the-exception-queue',
      },
    });
    this.task('ask-node').uses(fulfilment, 'UpdateItem').uses(network, 'GetItem').readsSecret(NODE_SIGNING);
    this.task('await-shipment').uses(fulfilment, 'UpdateItem');
    this.task('record-silence').uses(fulfilment, 'GetItem', 'UpdateItem');

    this.streamConsumer('resume-workflows', {
      entity: 'fulfilmentOrder',
      impact: 'Nodes have answered, but the workflows wait on until their deadlines and take it for silence.',
      runbook: 'workflows-do-not-hear-the-nodes',
    }).resumes('fulfil-order');

    this.streamConsumer('publish-facts', {
      entity: 'fulfilmentOrder',
      status: HEARD_STATUSES,
      also: { status: 'accepted', flag: 'countsOnCapacity' },
      window: this.stage.batchingWindow,
      impact: 'Orders do not learn that their goods were rejected, shipped or called off.',
      runbook: 'facts-are-not-published',
    }).putsOn(foundation.state.bus);
  }
}
