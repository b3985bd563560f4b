import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { clientOf, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import type { Request, Schedule } from './schedule.ts';
import {
  cellAt,
  type EndAnswer,
  type HeldAnswer,
  type MakeSystem,
  type StockSystem,
} from './stock-systems.ts';
import type { PlannedShipment } from '../../../shared/inventory/domain/reservation.ts';

/**
 * What becomes of one call to DynamoDB. `crashBefore`, `crashAfter`: the executor dies without or with the call done;
 * `lateWrite`: it is given up, the call is done some time later; `lostAnswer`: done, but the caller sees a fault;
 * `throttle`: refused, not done; `partial`: a batch read is answered in part.
 */
export const FATES = ['crashBefore', 'crashAfter', 'lateWrite', 'lostAnswer', 'throttle', 'partial'] as const;
export type Fate = (typeof FATES)[number] | 'done';

/** Where a run may go one way or another: seeded for random schedules, enumerated for exhaustive ones. */
export type Choices = {
  readonly pick: (count: number) => number;
  readonly fate: () => Fate;
};

export type Answers = {
  readonly reserved: Map<number, readonly PlannedShipment[][]>;
  readonly lost: Set<number>;
  readonly booked: Map<string, EndAnswer>;
  readonly released: Set<string>;
  readonly received: Map<string, number>;
  readonly counted: Set<number>;
  /** What a basket was told: until when it holds what. */
  readonly held: Map<number, HeldAnswer>;
  readonly bound: Set<number>;
  /** Baskets that were given back, or whose orders have ended. */
  readonly freed: Set<number>;
  /** Faults that a use case must never end with. */
  readonly broken: string[];
};

type Call = {
  readonly command: unknown;
  readonly executor: Executor | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
};

type Delivery = { readonly request: Request; readonly lane: number };
type Executor = {
  readonly lane: number;
  system: StockSystem;
  delivery: Delivery | undefined;
  isDead: boolean;
};

/** Makes a wait end when the scheduler comes to it, like any other call. */
class Pause {}

const BASE_MS = Date.parse('2026-11-23T09:00:00.000Z');
const META = { $metadata: {} };

/**
 * One run of a schedule: executors take deliveries from their queue and call a table whose every call is a choice.
 * What dies or faults is delivered again, as a queue or a workflow would, until it is answered.
 */
export class World {
  readonly table = new MemoryDynamo();
  readonly answers: Answers = {
    reserved: new Map(),
    lost: new Set(),
    booked: new Map(),
    released: new Set(),
    received: new Map(),
    counted: new Set(),
    held: new Map(),
    bound: new Set(),
    freed: new Set(),
    broken: [],
  };
  readonly trace: string[] = [];
  readonly #schedule: Schedule;
  readonly #choices: Choices;
  readonly #make: MakeSystem;
  readonly #queues: Delivery[][];
  readonly #isShared: boolean;
  readonly #traces: boolean;
  #executors: Executor[];
  #calls: Call[] = [];
  #steps = 0;

  constructor(
    schedule: Schedule,
    make: MakeSystem,
    choices: Choices,
    options: { readonly lanes?: readonly (readonly Request[])[]; readonly traces?: boolean } = {},
  ) {
    this.#schedule = schedule;
    this.#choices = choices;
    this.#make = make;
    this.#traces = options.traces === true;
    this.#isShared = options.lanes === undefined;
    const shared = schedule.deliveries.flatMap((index) => {
      const request = schedule.requests[index];
      return request === undefined ? [] : [{ request, lane: 0 }];
    });
    this.#queues = options.lanes?.map((lane, index) => lane.map((request) => ({ request, lane: index }))) ?? [
      shared,
    ];
    this.#executors = Array.from({ length: schedule.workers }, (_, lane) => this.#hire(lane));
    schedule.initial.forEach((quantity, index) => this.#stock(index, quantity));
  }

  /** What the fastest clock says. */
  get latest(): string {
    const fastest = Math.max(...this.#schedule.skews);
    return new Date(BASE_MS + this.#steps * this.#schedule.msPerStep + fastest).toISOString();
  }

  get steps(): number {
    return this.#steps;
  }

  #stock(index: number, quantity: number): void {
    const { sku, nodeId } = cellAt(index);
    const item = {
      pk: `SKU#${sku}`,
      sk: `NODE#${nodeId}`,
      entity: 'position',
      sku,
      nodeId,
      onHand: quantity,
      reserved: 0,
      safetyStock: 0,
      freeUnits: quantity,
      version: 1,
    };
    this.table.items.set(`${item.pk}\n${item.sk}`, item);
  }

  #hire(lane: number): Executor {
    const executor: Executor = { lane, delivery: undefined, isDead: false, system: undefined as never };
    const skew = this.#schedule.skews[lane] ?? 0;
    executor.system = this.#make({
      client: clientOf((command) => this.#call(command, executor)),
      now: () => new Date(BASE_MS + this.#steps * this.#schedule.msPerStep + skew).toISOString(),
      wait: async () => void (await this.#call(new Pause(), executor)),
      cellsPerEntry: this.#schedule.cellsPerEntry,
      isHot: this.#schedule.isHot,
    });
    return executor;
  }

  #call(command: unknown, executor: Executor): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!executor.isDead) this.#calls.push({ command, executor, resolve, reject });
    });
  }

  /** Does the next thing; false when there is nothing left to do. Promises must have settled before the next step. */
  step(): boolean {
    let isStarted = false;
    for (const executor of this.#executors) {
      if (executor.delivery !== undefined) continue;
      const next = this.#queues[this.#isShared ? 0 : executor.lane]?.shift();
      if (next === undefined) continue;
      isStarted = true;
      executor.delivery = next;
      void this.#serve(executor, next);
    }
    if (isStarted) return true;
    if (this.#calls.length === 0) return false;
    this.#steps += 1;
    const [call] = this.#calls.splice(
      this.#calls.length === 1 ? 0 : this.#choices.pick(this.#calls.length),
      1,
    );
    if (call !== undefined) this.#execute(call);
    return true;
  }

  #redeliver(delivery: Delivery): void {
    const queue = this.#queues[this.#isShared ? 0 : delivery.lane];
    if (this.#isShared) queue?.push(delivery);
    else queue?.unshift(delivery);
  }

  #bury(executor: Executor): void {
    executor.isDead = true;
    this.#calls = this.#calls.filter((call) => call.executor !== executor);
    this.#executors = this.#executors.map((other) =>
      other === executor ? this.#hire(executor.lane) : other,
    );
    if (executor.delivery !== undefined) this.#redeliver(executor.delivery);
  }

  #execute(call: Call): void {
    const { command, executor } = call;
    if (command instanceof Pause) {
      call.resolve(undefined);
      return;
    }
    const fate = executor === undefined ? 'done' : this.#choices.fate();
    if (this.#traces) this.trace.push(this.#describe(command, executor, fate));
    switch (fate) {
      case 'crashBefore':
        if (executor !== undefined) this.#bury(executor);
        return;
      case 'crashAfter':
        this.#quietly(command);
        if (executor !== undefined) this.#bury(executor);
        return;
      case 'lateWrite':
        if (executor !== undefined) this.#bury(executor);
        this.#calls.push({ ...call, executor: undefined });
        return;
      case 'lostAnswer':
        this.#quietly(command);
        call.reject(new Error('socket hang up'));
        return;
      case 'throttle':
        call.reject(throttled(command));
        return;
      case 'partial':
        this.table.batchSize = command instanceof BatchGetCommand ? 1 : 100;
        this.#answer(call);
        this.table.batchSize = 100;
        return;
      case 'done':
        this.#answer(call);
    }
  }

  #quietly(command: unknown): void {
    try {
      this.table.execute(command);
    } catch {
      // Nobody hears the refusal.
    }
  }

  #answer({ command, resolve, reject }: Call): void {
    try {
      resolve(this.table.execute(command));
    } catch (error) {
      reject(error);
    }
  }

  async #serve(executor: Executor, delivery: Delivery): Promise<void> {
    try {
      await this.#perform(executor.system, delivery);
    } catch (error) {
      if (executor.isDead) return;
      if (error instanceof Error && error.name === 'BrokenInvariant') this.answers.broken.push(error.message);
      else this.#redeliver(delivery);
    }
    if (!executor.isDead) executor.delivery = undefined;
  }

  async #perform(system: StockSystem, { request, lane }: Delivery): Promise<void> {
    const { answers } = this;
    switch (request.kind) {
      case 'reserve': {
        for (const plan of request.plans) {
          const answer = await system.reserve(request.order, plan, this.#schedule.hasBaskets);
          if (answer === 'lost') continue;
          answers.reserved.set(request.order, [...(answers.reserved.get(request.order) ?? []), [...answer]]);
          return;
        }
        // Nothing more to try: the routing gives up, and says so to the ledger.
        answers.lost.add(request.order);
        this.#redeliver({
          request: { kind: 'release', order: request.order, outOfStock: request.order % 2 === 1 },
          lane,
        });
        return;
      }
      case 'release':
        await system.release(request.order, request.node, request.outOfStock);
        for (const node of request.node === undefined ? [0, 1] : [request.node]) {
          answers.released.add(`${request.order}@${node}`);
        }
        return;
      case 'book': {
        const answer = await system.book(request.order, request.node, request.short);
        if (answer !== undefined) answers.booked.set(`${request.order}@${request.node}`, answer);
        return;
      }
      case 'receive':
        await system.receive(request.cell, request.key, request.quantity);
        answers.received.set(`${request.cell}:${request.key}`, request.quantity);
        return;
      case 'hold': {
        const answer = await system.hold(request.order, request.rows, request.minutes);
        if (answer !== undefined) answers.held.set(request.order, answer);
        return;
      }
      case 'extend': {
        const until = await system.extend(request.order, request.minutes);
        const held = answers.held.get(request.order);
        if (until !== undefined && held !== undefined) answers.held.set(request.order, { ...held, until });
        return;
      }
      case 'drop':
        if (await system.drop(request.order)) answers.freed.add(request.order);
        return;
      case 'bind':
        if (await system.bind(request.order)) answers.bound.add(request.order);
        return;
      case 'free':
        await system.free(request.order);
        answers.freed.add(request.order);
        return;
      case 'sweep':
        await system.sweep();
        return;
      case 'count':
        answers.counted.add(request.cell);
        await system.count(request.cell, request.key, request.onHand);
    }
  }

  #describe(command: unknown, executor: Executor | undefined, fate: Fate): string {
    const request = executor?.delivery?.request;
    const who = executor === undefined ? 'late' : `worker ${executor.lane} for ${JSON.stringify(request)}`;
    const input = (command as { input?: unknown }).input;
    return `${who}: ${command?.constructor.name} ${fate} ${JSON.stringify(input).slice(0, 400)}`;
  }
}

const throttled = (command: unknown): Error =>
  command instanceof TransactWriteCommand
    ? new TransactionCanceledException({
        ...META,
        message: 'Transaction cancelled',
        CancellationReasons: (command.input.TransactItems ?? []).map((_, index) => ({
          Code: index === 0 ? 'TransactionConflict' : 'None',
        })),
      })
    : new ProvisionedThroughputExceededException({ ...META, message: 'throttled' });
