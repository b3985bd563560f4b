import type { Construct } from 'constructs';
import { Duration } from 'aws-cdk-lib';
import {
  fulfilmentOrderCancelled,
  fulfilmentOrderRejected,
  fulfilmentOrderShipped,
} from '../../shared/contracts/fulfilment/events.ts';
import { stockChanged } from '../../shared/contracts/inventory/events.ts';
import {
  orderNeedsSourcing,
  orderPlaced,
  orderRoutingWithdrawn,
} from '../../shared/contracts/orders/events.ts';
import { orderMayShip, orderReleased } from '../../shared/contracts/sourcing/events.ts';
import { bindings as routeOrder } from '../../workflows/orders/route-order.bindings.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

/** Orders: what was ordered, what became of each unit, and the workflow that routes them. */
export class OrdersStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'orders', foundation);
    const { orders, fulfilment } = this.tables;

    this.endpoint('place-order').uses(orders, 'Query', 'PutItem', 'DeleteItem');
    this.endpoint('list-orders').lists(orders);
    this.endpoint('get-order').uses(orders, 'Query').uses(fulfilment, 'Query');
    this.endpoint('cancel-order').uses(orders, 'GetItem', 'PutItem', 'DeleteItem');
    this.endpoint('audit-orders', { timeout: Duration.seconds(29), memory: 1024 }).uses(orders, 'Scan');

    this.publishesItsFacts('Placed orders are not routed and shipped orders not reported: customers wait.');

    this.consumer('start-routing', {
      of: [orderPlaced, orderNeedsSourcing, orderRoutingWithdrawn, orderReleased],
      impact: 'Orders are placed but nobody looks for stock: they stand still.',
      runbook: 'orders-are-not-routed',
    }).starts('route-order');

    this.workflow('route-order', {
      bindings: routeOrder,
      failed: {
        impact: 'Routing of an order broke off: it stands still until it is started again.',
        runbook: 'routing-fails',
      },
      exception: {
        impact: 'An order could not be routed and waits for a person.',
        runbook: 'orders-in-the-exception-queue',
      },
    });
    this.task('screen-order').uses(orders, 'Query');
    this.task('record-routing').uses(orders, 'GetItem', 'PutItem', 'DeleteItem');
    this.task('reopen-backorders').uses(orders, 'GetItem', 'PutItem', 'DeleteItem');

    this.consumer('apply-fulfilment-facts', {
      // Not FulfilmentOrderAccepted: no unit moves by it.
      of: [fulfilmentOrderRejected, fulfilmentOrderShipped, fulfilmentOrderCancelled],
      impact:
        'Orders do not learn what nodes did: shipped goods look unshipped, rejected ones are not re-routed.',
      runbook: 'orders-do-not-follow-their-fulfilment',
    }).uses(orders, 'GetItem', 'PutItem', 'DeleteItem');

    this.consumer('retry-backorders', {
      of: [stockChanged],
      where: { change: ['rose'] },
      impact: 'Stock has arrived, but those who wait for it are not served.',
      runbook: 'backorders-are-not-retried',
    }).uses(orders, 'Query', 'GetItem', 'PutItem', 'DeleteItem');

    this.consumer('reopen-for-nodes', {
      of: [orderMayShip],
      impact: 'Nodes are awake or have room again, but orders that waited for them go on waiting for stock.',
      runbook: 'orders-are-not-woken-for-nodes',
    }).uses(orders, 'GetItem', 'PutItem', 'DeleteItem');

    this.schedule('restart-stuck-orders', {
      every: Duration.minutes(5),
      impact: 'Orders whose routing was lost are not found again.',
      runbook: 'stuck-orders-are-not-restarted',
    })
      .lists(orders)
      .uses(orders, 'GetItem')
      .starts('route-order');

    this.schedule('end-backorders', {
      every: Duration.minutes(15),
      impact: 'Customers keep waiting for units that were to be cancelled after so many days without stock.',
      runbook: 'backorders-do-not-end',
    }).uses(orders, 'Query', 'GetItem', 'PutItem', 'DeleteItem');
  }
}
