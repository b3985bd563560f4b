import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { BusinessAlarm, waitingIn, type Concern } from './business-alarm.ts';

export type DeadLetterQueueProps = Concern & {
  readonly queueName: string;
  readonly topic: ITopic;
  /** Behind a FIFO queue, as SQS wants it. */
  readonly fifo?: true;
};

/** Where work ends that cannot be done: kept for two weeks, with an alarm from the first message on. */
export class DeadLetterQueue extends Queue {
  constructor(
    scope: Construct,
    id: string,
    { queueName, topic, impact, runbook, fifo }: DeadLetterQueueProps,
  ) {
    super(scope, id, {
      queueName: fifo ? `${queueName}.fifo` : queueName,
      ...(fifo && { fifo }),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the place where work ends that cannot be done; an alarm watches it.',
    });
    new BusinessAlarm(this, 'NotEmpty', {
      alarmName: `${queueName}-not-empty`,
      metric: waitingIn(this),
      threshold: 1,
      impact,
      runbook,
      topic,
    });
  }
}
