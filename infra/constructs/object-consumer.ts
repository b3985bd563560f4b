import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ContextBucket } from './context-bucket.ts';
import { workedOff, type WorkedOffProps } from './worked-off.ts';

export type ObjectConsumerProps = WorkedOffProps & {
  readonly bucket: ContextBucket;
  /** Only objects whose name begins so. */
  readonly prefix: string;
};

/** Object in a bucket -> queue -> function, which may put work of its own into the queue. */
export class ObjectConsumer extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: ObjectConsumerProps) {
    super(scope, id);
    const { queue, deadLetters } = workedOff(this, props);
    this.queue = queue;
    // S3 speaks on the account's default bus; a notification set on the bucket itself would tie its stack to this one.
    new Rule(this, 'Rule', {
      ruleName: props.name,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [props.bucket.fixedName] }, object: { key: [{ prefix: props.prefix }] } },
      },
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
  }
}
