import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Concern } from './business-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DomFunction } from './dom-function.ts';

export type WorkedOffProps = Concern & {
  readonly consumer: DomFunction;
  readonly name: string;
  readonly topic: ITopic;
  readonly batchSize?: number;
  /** Collects messages this long before it calls: fewer calls, later reaction. */
  readonly window?: Duration;
};

const ATTEMPTS = 5;

/**
 * A queue and the function that works it off. What fails five times ends in the dead-letter queue, whose alarm says
 * what that means: a consumer without them cannot be built. Records of a batch succeed or fail one by one.
 */
export const workedOff = (scope: Construct, props: WorkedOffProps) => {
  const { consumer, name, topic, impact, runbook } = props;
  const deadLetters = new DeadLetterQueue(scope, 'DeadLetters', {
    queueName: `${name}-dead-letters`,
    topic,
    impact,
    runbook,
  });
  const queue = new Queue(scope, 'Queue', {
    queueName: name,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    // AWS asks for six times the function's timeout: a throttled batch is tried again before it is seen again.
    visibilityTimeout: Duration.seconds(
      6 * (consumer.timeout?.toSeconds() ?? 30) + (props.window?.toSeconds() ?? 0),
    ),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: ATTEMPTS },
  });
  new EventSourceMapping(scope, 'Source', {
    target: consumer,
    eventSourceArn: queue.queueArn,
    batchSize: props.batchSize ?? 10,
    ...(props.window === undefined ? {} : { maxBatchingWindow: props.window }),
    reportBatchItemFailures: true,
  });
  consumer.may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
  return { queue, deadLetters };
};
