import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fulfilmentOrderRejected } from '../../shared/contracts/fulfilment/events.ts';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { resourceName } from '../config/names.ts';
import { BusinessAlarm } from '../constructs/business-alarm.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

/** Which nodes ship an order, and why these. Its memory is CPU: the search is what the order waits for. */
export class SourcingStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'sourcing', foundation);
    const { sourcing, network, inventory } = this.tables;

    this.task('choose-nodes', { memory: 1024 })
      .uses(network, 'Query', 'BatchGetItem')
      .uses(inventory, 'Query')
      .uses(sourcing, 'PutItem', 'Query', 'GetItem');

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
      .uses(sourcing, 'Query', 'GetItem');

    this.endpoint('import-demand-rates').uses(sourcing, 'PutItem');
    this.endpoint('list-strategies').uses(sourcing, 'Query');
    this.endpoint('get-strategy').uses(sourcing, 'GetItem');
    this.endpoint('draft-strategy').uses(sourcing, 'GetItem', 'PutItem');
    this.endpoint('activate-strategy').uses(sourcing, 'Query', 'GetItem', 'PutItem');
  }
}
