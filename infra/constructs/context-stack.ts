import { Stack } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { pascalCase, resourceName } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';
import type { Platform } from '../platform/platform-stack.ts';
import type { State, Tables } from '../platform/state-stack.ts';
import type { FunctionKind } from '../build/function-sources.ts';
import type { Concern } from './business-alarm.ts';
import { DomFunction, type CodeOf } from './dom-function.ts';
import { EventConsumer, type BusEvent, type EventConsumerProps } from './event-consumer.ts';
import { addEndpoint } from './http-api.ts';
import { ObjectConsumer, type ObjectConsumerProps } from './object-consumer.ts';
import { OrderedQueue, type OrderedQueueProps } from './ordered-queue.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import { StreamConsumer, type StreamConsumerProps } from './stream-consumer.ts';
import { Workflow, type WorkflowProps } from './workflow.ts';

/** What every context stands on. */
export type Foundation = {
  readonly stage: Stage;
  readonly state: State;
  readonly platform: Platform;
  readonly codeOf: CodeOf;
};

type Sizing = { readonly timeout?: Duration; readonly memory?: number };

/**
 * One bounded context: its endpoints, tasks, consumers and workflows, each declared by the name of its file and
 * followed by what it may do. Whatever was declared is real: a missing file or route fails the synthesis.
 */
export class ContextStack extends Stack {
  readonly stage: Stage;
  readonly context: keyof Tables;
  protected readonly foundation: Foundation;
  protected readonly tables: Tables;

  constructor(scope: Construct, context: keyof Tables, foundation: Foundation) {
    super(scope, resourceName(foundation.stage, context), { analyticsReporting: false });
    this.context = context;
    this.stage = foundation.stage;
    this.foundation = foundation;
    this.tables = foundation.state.tables;
  }

  /** functions/<context>/api/<name>: behind every route whose contract names it. */
  protected endpoint(name: string, sizing: Sizing = {}): DomFunction {
    const fn = this.lambda('api', name, sizing);
    addEndpoint(this, this.foundation.platform.api, fn, `${this.context}/api/${name}`);
    return fn;
  }

  /** functions/<context>/api/<name>: asked by the API who is calling. */
  protected authorizer(name: string): DomFunction {
    const fn = this.lambda('api', name);
    this.foundation.platform.api.addAuthorizer(fn);
    return fn;
  }

  /** functions/<context>/tasks/<name>: called by workflows. */
  protected task(name: string, sizing: Sizing = {}): DomFunction {
    return this.lambda('tasks', name, sizing);
  }

  /** functions/<context>/events/<name>: fed by a queue of events from the bus. */
  protected consumer(
    name: string,
    props: Concern & {
      readonly of: readonly BusEvent[];
      readonly where?: EventConsumerProps['where'];
      readonly window?: Duration;
      readonly batchSize?: number;
    },
  ): DomFunction {
    const { of: events, ...rest } = props;
    const consumer = this.lambda('events', name);
    const { state, platform } = this.foundation;
    new EventConsumer(this, `${pascalCase(name)}Events`, {
      window: this.stage.batchingWindow,
      ...rest,
      ...this.ofThis(name),
      consumer,
      events,
      bus: state.bus,
      topic: platform.alarmTopic,
    });
    return consumer;
  }

  /** functions/<context>/events/<name>: fed by a FIFO queue of its own, in which a message group keeps its order. */
  protected orderedConsumer(
    name: string,
    {
      timeout,
      memory,
      ...props
    }: Concern &
      Required<Pick<Sizing, 'timeout'>> &
      Pick<Sizing, 'memory'> &
      Pick<OrderedQueueProps, 'delay'>,
  ): Pick<OrderedQueue, 'queue' | 'deadLetters'> & { readonly consumer: DomFunction } {
    const consumer = this.lambda('events', name, { timeout, ...(memory !== undefined && { memory }) });
    const { queue, deadLetters } = new OrderedQueue(this, `${pascalCase(name)}Messages`, {
      ...props,
      ...this.ofThis(name),
      consumer,
      topic: this.foundation.platform.alarmTopic,
    });
    return { consumer, queue, deadLetters };
  }

  /** functions/<context>/events/<name>: told of objects that are put into a bucket. */
  protected objectConsumer(
    name: string,
    props: Concern & Required<Sizing> & Pick<ObjectConsumerProps, 'bucket' | 'prefix' | 'batchSize'>,
  ): Pick<ObjectConsumer, 'queue'> & { readonly consumer: DomFunction } {
    const { timeout, memory, ...rest } = props;
    const consumer = this.lambda('events', name, { timeout, memory });
    const { queue } = new ObjectConsumer(this, `${pascalCase(name)}Objects`, {
      ...rest,
      ...this.ofThis(name),
      consumer,
      topic: this.foundation.platform.alarmTopic,
    });
    return { consumer, queue };
  }

  /** functions/<context>/streams/<name>: fed by the stream of the context's own table. */
  protected streamConsumer(
    name: string,
    props: Concern &
      Pick<StreamConsumerProps, 'entity' | 'status' | 'also' | 'changes' | 'batchSize' | 'window'>,
  ): DomFunction {
    const consumer = this.lambda('streams', name);
    new StreamConsumer(this, `${pascalCase(name)}Stream`, {
      ...props,
      ...this.ofThis(name),
      consumer,
      table: this.tables[this.context],
      topic: this.foundation.platform.alarmTopic,
    });
    return consumer;
  }

  /** functions/<context>/streams/publish-facts: the only way onto the bus for what the context has stored. */
  protected publishesItsFacts(impact: string): DomFunction {
    return this.streamConsumer('publish-facts', {
      entity: 'facts',
      changes: ['INSERT'],
      window: this.stage.batchingWindow,
      impact,
      runbook: 'facts-are-not-published',
    }).putsOn(this.foundation.state.bus);
  }

  /** functions/<context>/schedules/<name> */
  protected schedule(
    name: string,
    props: Concern & { readonly every: Duration },
    sizing: Sizing = {},
  ): DomFunction {
    const task = this.lambda('schedules', name, sizing);
    new ScheduledFunction(this, `${pascalCase(name)}Schedule`, {
      ...props,
      ...this.ofThis(name),
      task,
      topic: this.foundation.platform.alarmTopic,
    });
    return task;
  }

  /** workflows/<context>/<name>.asl.json */
  protected workflow(
    name: string,
    props: Pick<WorkflowProps, 'bindings' | 'failed' | 'exception'>,
  ): Workflow {
    return new Workflow(this, pascalCase(name), {
      ...props,
      stage: this.stage,
      context: this.context,
      name,
      topic: this.foundation.platform.alarmTopic,
    });
  }

  private lambda(kind: FunctionKind, name: string, sizing: Sizing = {}): DomFunction {
    const { stage, codeOf } = this.foundation;
    return new DomFunction(this, pascalCase(name), {
      stage,
      codeOf,
      path: `${this.context}/${kind}/${name}`,
      ...sizing,
    });
  }

  private ofThis(name: string): { readonly name: string } {
    return { name: resourceName(this.stage, this.context, name) };
  }
}
