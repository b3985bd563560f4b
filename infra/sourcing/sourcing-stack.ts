import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { resourceName } from '../config/names.ts';
import { BusinessAlarm } from '../constructs/business-alarm.ts';
import {
  fulfilmentOrderAccepted,
  fulfilmentOrderCancelled,
  fulfilmentOrderRejected,
} from '../../shared/contracts/fulfilment/events.ts';
import { orderRoutingWithdrawn } from '../../shared/contracts/orders/events.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';
import type { DomFunction } from '../constructs/dom-function.ts';

/** Which nodes ship an order, and why these. Its memory is CPU: the search is what the order waits for. */
export class SourcingStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'sourcing', foundation);
    const { sourcing, network, inventory } = this.tables;

    this.task('choose-nodes', { memory: 1024 })
      .uses(network, 'Query', 'BatchGetItem')
      .uses(inventory, 'Query', 'GetItem')
      .uses(sourcing, 'PutItem', 'UpdateItem', 'Query', 'GetItem', 'BatchGetItem');

    this.consumer('settle-capacity', {
      of: [fulfilmentOrderAccepted, fulfilmentOrderRejected, fulfilmentOrderCancelled, orderRoutingWithdrawn],
      impact: 'Work that a node will not do goes on filling its day: the node gets less than it could ship.',
      runbook: 'capacity-is-not-given-back',
    }).uses(sourcing, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');

    this.publishesItsFacts(
      'Orders that were planned together are not routed: they go on waiting with a plan.',
    );

    const plansTogether = (fn: DomFunction): DomFunction =>
      fn
        .lists(sourcing)
        .uses(network, 'Query', 'BatchGetItem')
        .uses(inventory, 'Query')
        .uses(sourcing, 'PutItem', 'Query', 'GetItem', 'BatchGetItem');
    plansTogether(
      this.schedule(
        'release-orders',
        {
          every: Duration.minutes(1),
          impact: 'Orders that wait to be planned together are not released: customers wait.',
          runbook: 'orders-are-not-released',
        },
        { timeout: Duration.minutes(5), memory: 1769 },
      ),
    );
    plansTogether(this.endpoint('run-release', { timeout: Duration.seconds(29), memory: 1769 }));
    this.schedule('wake-waiting-orders', {
      every: Duration.minutes(1),
      impact: 'Nodes are awake or have room again, but orders that waited for them go on waiting for stock.',
      runbook: 'orders-are-not-woken-for-nodes',
    })
      .uses(network, 'Query')
      .uses(sourcing, 'Query', 'BatchGetItem', 'PutItem', 'DeleteItem');
    this.endpoint('list-releases').lists(sourcing).uses(sourcing, 'Query', 'GetItem');
    this.endpoint('get-release').uses(sourcing, 'GetItem');

    this.consumer('note-rejections', {
      of: [fulfilmentOrderRejected],
      impact: 'Nodes that reject order after order are not left alone: orders go round in circles.',
      runbook: 'rejections-are-not-noted',
    }).uses(sourcing, 'PutItem');

    this.streamConsumer('sample-demand', {
      entity: 'decision',
      changes: ['INSERT'],
      batchSize: 1_000,
      window: this.stage.samplingWindow,
      impact: 'What is ordered where is not learnt from: stock is valued on older days.',
      runbook: 'demand-is-not-sampled',
    }).uses(sourcing, 'PutItem');

    this.schedule(
      'value-stock',
      {
        every: Duration.hours(1),
        impact: 'Orders are sourced without looking ahead, or on the worth that stock had before.',
        runbook: 'stock-is-not-valued',
      },
      { timeout: Duration.minutes(5), memory: 2048 },
    )
      .uses(network, 'Query', 'BatchGetItem')
      .uses(inventory, 'Query')
      .uses(sourcing, 'Query', 'PutItem', 'DeleteItem');

    this.schedule('guard-trials', {
      every: Duration.minutes(5),
      impact: 'A strategy on trial goes on deciding its share of the orders, however badly it does.',
      runbook: 'trials-are-not-guarded',
    }).uses(sourcing, 'Query', 'GetItem', 'PutItem');
    new BusinessAlarm(this, 'StrategyRolledBack', {
      alarmName: resourceName(this.stage, 'sourcing', 'strategy-rolled-back'),
      metric: new Metric({
        namespace: 'Switchyard',
        metricName: 'StrategyRolledBack',
        dimensionsMap: { service: 'sourcing' },
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 1,
      topic: foundation.platform.alarmTopic,
      impact:
        'A strategy on trial did worse than its guard allows and was withdrawn: a change did not work out.',
      runbook: 'a-strategy-was-withdrawn-by-its-guard',
    });

    this.endpoint('get-trial').uses(sourcing, 'GetItem', 'Query');
    this.endpoint('list-stock-prices').uses(sourcing, 'Query');
    // GetItem: a decision too large for one item lies in parts.
    this.endpoint('list-decisions').uses(sourcing, 'Query', 'GetItem');
    this.endpoint('get-decision').uses(sourcing, 'GetItem');
    this.endpoint('evaluate-sourcing', { memory: 1024 })
      .uses(network, 'Query', 'BatchGetItem')
      .uses(inventory, 'Query')
      .uses(sourcing, 'Query', 'GetItem', 'BatchGetItem');

    this.endpoint('import-demand-rates').uses(sourcing, 'PutItem');
    this.endpoint('list-strategies').uses(sourcing, 'Query');
    this.endpoint('get-strategy').uses(sourcing, 'GetItem');
    this.endpoint('draft-strategy').uses(sourcing, 'GetItem', 'PutItem');
    this.endpoint('activate-strategy').uses(sourcing, 'Query', 'GetItem', 'PutItem');
  }
}
