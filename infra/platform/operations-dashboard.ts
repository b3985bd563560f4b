import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Metric, SingleValueWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { resourceName, stateMachineArn } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';

const WORKFLOWS = ['route-order', 'fulfil-order'];
/** Queues in which an order can wait, in the order of its journey. */
const QUEUES = [
  ['orders', 'start-routing'],
  ['fulfilment', 'open-fulfilment-orders'],
  ['orders', 'apply-fulfilment-facts'],
  ['orders', 'retry-backorders'],
  ['fulfilment', 'cancel-fulfilment-orders'],
  ['channels', 'tell-shipment'],
  ['channels', 'queue-availability'],
  ['channels', 'tell-availability.fifo'],
] as const;
const STREAMS = [
  ['channels', 'translate-deliveries'],
  ['orders', 'publish-facts'],
  ['fulfilment', 'publish-facts'],
  ['inventory', 'publish-stock-changes'],
] as const;

/** One page for whoever has to say within a minute whether orders flow, and if not, where they stand. */
export class OperationsDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, apiId }: { readonly stage: Stage; readonly apiId: string },
  ) {
    super(scope, id);
    const period = Duration.minutes(1);
    const requests = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        dimensionsMap: { ApiId: apiId },
        period,
        statistic,
      });
    const executions = (workflow: string, metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/States',
        metricName,
        dimensionsMap: { StateMachineArn: stateMachineArn(this, stage, workflow) },
        label: `${workflow}: ${metricName}`,
        period,
        statistic: 'Sum',
      });
    const queue =
      (metricName: string) =>
      ([context, name]: readonly [string, string]): IMetric =>
        new Metric({
          namespace: 'AWS/SQS',
          metricName,
          dimensionsMap: { QueueName: resourceName(stage, context, name) },
          label: name,
          period,
          statistic: 'Maximum',
        });
    const lag = STREAMS.map(
      ([context, name]) =>
        new Metric({
          namespace: 'AWS/Lambda',
          metricName: 'IteratorAge',
          dimensionsMap: { FunctionName: resourceName(stage, context, name) },
          label: `${context}: ${name}`,
          period,
          statistic: 'Maximum',
        }),
    );
    new Dashboard(this, 'Dashboard', {
      dashboardName: resourceName(stage, 'operations'),
      defaultInterval: Duration.hours(3),
      widgets: [
        [
          new SingleValueWidget({
            title: 'Executions started',
            width: 6,
            metrics: WORKFLOWS.map((workflow) => executions(workflow, 'ExecutionsStarted')),
          }),
          new GraphWidget({
            title: 'Requests, and those that failed',
            width: 9,
            left: [requests('Count', 'Sum'), requests('4xx', 'Sum'), requests('5xx', 'Sum')],
          }),
          new GraphWidget({
            title: 'How long callers wait',
            width: 9,
            left: [requests('Latency', 'p50'), requests('Latency', 'p99')],
          }),
        ],
        [
          new GraphWidget({
            title: 'Workflows: how they end',
            width: 12,
            left: WORKFLOWS.flatMap((workflow) =>
              ['ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut'].map((end) =>
                executions(workflow, end),
              ),
            ),
          }),
          new GraphWidget({
            title: 'Cases given up: exception queues',
            width: 12,
            left: WORKFLOWS.map((workflow) =>
              queue('ApproximateNumberOfMessagesVisible')([`${workflow}`, 'exceptions']),
            ),
          }),
        ],
        [
          new GraphWidget({
            title: 'Events waiting: oldest, in seconds',
            width: 12,
            left: QUEUES.map(queue('ApproximateAgeOfOldestMessage')),
          }),
          new GraphWidget({ title: 'Streams: how far behind, in milliseconds', width: 12, left: lag }),
        ],
      ],
    });
  }
}
