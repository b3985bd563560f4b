import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Concern } from './business-alarm.ts';
import type { ContextTable } from './context-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DomFunction } from './dom-function.ts';

export type StreamConsumerProps = Concern & {
  readonly consumer: DomFunction;
  readonly name: string;
  readonly table: ContextTable;
  /** Items of these kinds only (their attribute `entity`), and, when given, in such a status, and only these changes. */
  readonly entity: string | readonly string[];
  readonly status?: string | readonly string[];
  /** Besides those: items in this status that have this attribute set to true. */
  readonly also?: { readonly status: string; readonly flag: string };
  readonly changes?: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly topic: ITopic;
  readonly batchSize?: number;
  /** Collects changes this long before it calls: fewer calls, later reaction. */
  readonly window?: Duration;
};

/**
 * Table stream -> function. The stream keeps the order of an item's changes, so a failing batch is halved and tried
 * again until the culprit is alone; after that its position goes to the on-failure queue and the stream moves on.
 */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { consumer, name, table, entity, status, also, changes, topic, impact, runbook } = props;
    const matching = (attributes: Readonly<Record<string, unknown>>) => ({
      pattern: JSON.stringify({
        ...(changes === undefined ? {} : { eventName: changes }),
        dynamodb: { NewImage: { entity: { S: [entity].flat() }, ...attributes } },
      }),
    });
    const { tableStreamArn } = table;
    if (tableStreamArn === undefined) throw new Error(`the table of ${table.context} has no stream`);
    const failures = new DeadLetterQueue(this, 'Failures', {
      queueName: `${name}-failures`,
      topic,
      impact,
      runbook,
    });
    new EventSourceMapping(this, 'Source', {
      target: consumer,
      eventSourceArn: tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize ?? 100,
      ...(props.window === undefined ? {} : { maxBatchingWindow: props.window }),
      bisectBatchOnError: true,
      retryAttempts: 8,
      maxRecordAge: Duration.hours(6),
      parallelizationFactor: 4,
      onFailure: new SqsDlq(failures),
      filters: [
        matching(status === undefined ? {} : { status: { S: [status].flat() } }),
        ...(also === undefined
          ? []
          : [matching({ status: { S: [also.status] }, [also.flag]: { BOOL: [true] } })]),
      ],
    });
    consumer
      .may(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], [tableStreamArn])
      .mayOnAnything(['dynamodb:ListStreams'])
      .sendsTo(failures);
  }
}
