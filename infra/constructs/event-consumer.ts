import { Duration } from 'aws-cdk-lib';
import { Rule, type EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Concern } from './business-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DomFunction } from './dom-function.ts';

/** An event by its contract in shared/contracts: on the bus it is known by these two. */
export type BusEvent = { readonly source: string; readonly detailType: string };

export type EventConsumerProps = Concern & {
  readonly consumer: DomFunction;
  readonly name: string;
  readonly bus: EventBus;
  readonly events: readonly BusEvent[];
  /** Only events whose data has one of these values. What is filtered by the rule costs no queue and no call. */
  readonly where?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly topic: ITopic;
  readonly batchSize?: number;
  /** Collects events this long before it calls: fewer calls, later reaction. */
  readonly window?: Duration;
};

const ATTEMPTS = 5;

/**
 * Bus rule -> queue -> function. What fails five times ends in the dead-letter queue, whose alarm says what that
 * means: a consumer without them cannot be built. Records of a batch succeed or fail one by one.
 */
export class EventConsumer extends Construct {
  constructor(scope: Construct, id: string, props: EventConsumerProps) {
    super(scope, id);
    const { consumer, name, bus, events, topic, impact, runbook } = props;
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      queueName: `${name}-dead-letters`,
      topic,
      impact,
      runbook,
    });
    const queue = new Queue(this, 'Queue', {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // AWS asks for six times the function's timeout: a throttled batch is tried again before it is seen again.
      visibilityTimeout: Duration.seconds(
        6 * (consumer.timeout?.toSeconds() ?? 30) + (props.window?.toSeconds() ?? 0),
      ),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: ATTEMPTS },
    });
    new Rule(this, 'Rule', {
      ruleName: name,
      eventBus: bus,
      eventPattern: {
        source: [...new Set(events.map((event) => event.source))],
        detailType: events.map((event) => event.detailType),
        ...(props.where === undefined ? {} : { detail: { data: props.where } }),
      },
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
    new EventSourceMapping(this, 'Source', {
      target: consumer,
      eventSourceArn: queue.queueArn,
      batchSize: props.batchSize ?? 10,
      ...(props.window === undefined ? {} : { maxBatchingWindow: props.window }),
      reportBatchItemFailures: true,
    });
    consumer.may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
  }
}
