import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { clientOf, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { transactionCosts, type WriteCost } from '../../support/inventory/metered-dynamo.ts';
import { settle } from './run-schedules.ts';

type Event = { readonly at: number; readonly order: number; readonly run: () => void };

/** A clock that jumps to whatever happens next; what happens at one moment happens in the order of asking. */
export class VirtualClock {
  nowMs = 0;
  readonly #heap: Event[] = [];
  #order = 0;

  at(atMs: number, run: () => void): void {
    const event = { at: Math.max(atMs, this.nowMs), order: (this.#order += 1), run };
    this.#heap.push(event);
    this.#rise(this.#heap.length - 1);
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.nowMs + ms, resolve));
  }

  /** Runs until nothing more will happen. */
  async run(): Promise<void> {
    for (let next = this.#pop(); next !== undefined; next = this.#pop()) {
      this.nowMs = next.at;
      next.run();
      // Everything of this very moment shares one turn of the event loop.
      while (this.#heap[0]?.at === this.nowMs) this.#pop()?.run();
      await settle();
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return first !== undefined;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first !== undefined && second !== undefined) [this.#heap[a], this.#heap[b]] = [second, first];
  }

  #rise(from: number): void {
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #pop(): Event | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (this.#heap.length > 0 && last !== undefined) {
      this.#heap[0] = last;
      for (let index = 0; ;) {
        const left = 2 * index + 1;
        const smallest = [left, left + 1].reduce(
          (best, child) => (this.#isBefore(child, best) ? child : best),
          index,
        );
        if (smallest === index) break;
        this.#swap(index, smallest);
        index = smallest;
      }
    }
    return top;
  }
}

const META = { $metadata: {} };
/**
 * A table in memory behind a virtual network: a call takes its time, a partition takes at most `unitsPerSecond` write
 * units a second (what exceeds that is throttled), and two transactions on one item at one time conflict.
 */
export class VirtualTable {
  readonly memory = new MemoryDynamo();
  readonly written = new Map<string, number>();
  throttled = 0;
  conflicts = 0;
  readonly #clock: VirtualClock;
  readonly #callMs: number;
  readonly #unitsPerSecond: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();
  readonly #inFlight = new Set<string>();

  constructor(clock: VirtualClock, callMs: number, unitsPerSecond: number) {
    this.#clock = clock;
    this.#callMs = callMs;
    this.#unitsPerSecond = unitsPerSecond;
  }

  readonly client = clientOf(async (command) => {
    if (!(command instanceof TransactWriteCommand)) {
      await this.#clock.wait(this.#callMs);
      return this.memory.execute(command);
    }
    return this.#transact(command);
  });

  async #transact(command: TransactWriteCommand): Promise<unknown> {
    const keys = (command.input.TransactItems ?? []).map((action) => {
      const key = action.Put?.Item ?? action.Update?.Key ?? action.Delete?.Key;
      return `${String(key?.['pk'])}\n${String(key?.['sk'])}`;
    });
    const writes = transactionCosts(command, this.memory);
    if (keys.some((key) => this.#inFlight.has(key))) {
      this.conflicts += 1;
      await this.#clock.wait(this.#callMs);
      throw cancelled('TransactionConflict', keys.length);
    }
    if (!this.#admits(writes)) {
      this.throttled += 1;
      await this.#clock.wait(this.#callMs);
      throw cancelled('ThrottlingError', keys.length);
    }
    for (const { pk, units } of writes) this.written.set(pk, (this.written.get(pk) ?? 0) + units);
    keys.forEach((key) => this.#inFlight.add(key));
    await this.#clock.wait(this.#callMs);
    keys.forEach((key) => this.#inFlight.delete(key));
    return this.memory.execute(command);
  }

  #admits(writes: readonly WriteCost[]): boolean {
    const perKey = new Map<string, number>();
    for (const { pk, units } of writes) perKey.set(pk, (perKey.get(pk) ?? 0) + units);
    const buckets = [...perKey].map(([pk, units]) => {
      const bucket = this.#buckets.get(pk) ?? { left: this.#unitsPerSecond, at: this.#clock.nowMs };
      const gained = ((this.#clock.nowMs - bucket.at) * this.#unitsPerSecond) / 1000;
      const left = Math.min(this.#unitsPerSecond, bucket.left + gained);
      this.#buckets.set(pk, { left, at: this.#clock.nowMs });
      return { pk, units, left };
    });
    if (buckets.some(({ units, left }) => units > left)) return false;
    for (const { pk, units, left } of buckets)
      this.#buckets.set(pk, { left: left - units, at: this.#clock.nowMs });
    return true;
  }
}

const cancelled = (Code: string, actions: number): Error =>
  new TransactionCanceledException({
    ...META,
    message: Code,
    CancellationReasons: Array.from({ length: actions }, () => ({ Code })),
  });
