import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Concern } from './business-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DomFunction } from './dom-function.ts';

export type OrderedQueueProps = Concern & {
  readonly consumer: DomFunction;
  readonly name: string;
  readonly topic: ITopic;
  /** FIFO queues know no batching window: what comes within this time is more likely worked off in one call. */
  readonly delay?: Duration;
};

/** With the consumer's growing pauses, some ten minutes of failures in a row. */
const ATTEMPTS = 8;

/**
 * FIFO queue -> function: the messages of a group keep their order, and one function at a time works on a group. What
 * keeps failing ends in the dead-letter queue with its alarm. The consumer may hide a group for as long as it has to
 * wait.
 */
export class OrderedQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { consumer, name, delay, ...concern }: OrderedQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      ...concern,
      queueName: `${name}-dead-letters`,
      fifo: true,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: `${name}.fifo`,
      fifo: true,
      ...(delay && { deliveryDelay: delay }),
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // AWS asks for six times the function's timeout: a throttled batch is tried again before it is seen again.
      visibilityTimeout: Duration.seconds(6 * (consumer.timeout?.toSeconds() ?? 30)),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: ATTEMPTS },
    });
    new EventSourceMapping(this, 'Source', {
      target: consumer,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
    consumer.may(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [this.queue.queueArn],
    );
  }
}
