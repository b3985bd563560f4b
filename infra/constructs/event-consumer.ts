import { Rule, type EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { workedOff, type WorkedOffProps } from './worked-off.ts';

/** An event by its contract in shared/contracts: on the bus it is known by these two. */
export type BusEvent = { readonly source: string; readonly detailType: string };

export type EventConsumerProps = WorkedOffProps & {
  readonly bus: EventBus;
  readonly events: readonly BusEvent[];
  /** Only events whose data has one of these values. What is filtered by the rule costs no queue and no call. */
  readonly where?: Readonly<Record<string, readonly string[]>> | undefined;
};

/** Bus rule -> queue -> function. */
export class EventConsumer extends Construct {
  constructor(scope: Construct, id: string, props: EventConsumerProps) {
    super(scope, id);
    const { name, bus, events } = props;
    const { queue, deadLetters } = workedOff(this, props);
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
  }
}
