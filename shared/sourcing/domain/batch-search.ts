import { BatchDecider } from './batch-decider.ts';
import type { BatchModel } from './batch-model.ts';
import { BatchPlan, takeDecision, type Placement } from './batch-plan.ts';
import { StockPricing } from './stock-pricing.ts';

/** Share of the budget that goes to prices at most, and the temperatures relative to the cost of an order. */
const PRICING_SHARE = 0.35;
const HOT = 0.04;
const COLD = 0.001;
const RANDOM_RIVAL = 0.4;
const PROOF = 1e-9;

export class BatchSearch {
  readonly plan: BatchPlan;
  readonly pricing: StockPricing;
  readonly decider = new BatchDecider();
  best: readonly Placement[];
  bestCost: number;
  readonly #model: BatchModel;
  readonly #lower: Float64Array;
  readonly #removed: Int32Array;
  readonly #isRemoved: Uint8Array;
  readonly #key: Float64Array;
  #seed: number;
  #isPriced = false;

  constructor(model: BatchModel, seed: number) {
    this.#model = model;
    this.#seed = seed >>> 0;
    this.plan = new BatchPlan(model);
    this.pricing = new StockPricing(model, this.decider);
    this.best = [...this.plan.placements];
    this.bestCost = this.plan.cost;
    this.#lower = new Float64Array(model.orders.length);
    this.#removed = new Int32Array(64);
    this.#key = new Float64Array(model.orders.length);
    this.#isRemoved = new Uint8Array(model.orders.length);
  }

  #next(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) >>> 0;
    const state = this.#seed;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  #place(o: number, weight: number): void {
    const order = this.#model.orders[o];
    if (order === undefined) return;
    const { prices, nodePrices } = this.pricing;
    this.decider.decide(order, this.plan.left, this.plan.nodeLeft, prices, nodePrices, weight);
    this.plan.apply(o, takeDecision(this.decider));
  }

  /** Places an order; false, and nothing done, when it would cost more than the cutoff. */
  #placeBelow(o: number, weight: number, cutoff: number): boolean {
    const order = this.#model.orders[o];
    if (order === undefined) return false;
    const { prices, nodePrices } = this.pricing;
    const { left, nodeLeft } = this.plan;
    this.decider.decide(order, left, nodeLeft, prices, nodePrices, weight, weight === 0 ? cutoff : undefined);
    if (this.decider.cost > cutoff) return false;
    this.plan.apply(o, takeDecision(this.decider));
    return true;
  }

  #keep(): void {
    if (this.plan.cost < this.bestCost - 1e-9) {
      this.bestCost = this.plan.cost;
      this.best = [...this.plan.placements];
    }
  }

  /** Makes these placements the plan to improve on. */
  startFrom(placements: readonly Placement[]): void {
    this.plan.restore(placements);
    this.#keep();
  }

  /** True when the bound has met the best plan. */
  get isProven(): boolean {
    return this.bestCost - this.pricing.bound <= PROOF * Math.max(1, Math.abs(this.bestCost));
  }

  /** One move of the phase that `progress` (0 to 1) calls for. */
  step(progress: number): void {
    const { pricing } = this;
    if (pricing.rounds === 0) {
      this.#construct(0);
      this.#price();
      return;
    }
    if (!this.#isPriced) {
      this.#price();
      if (pricing.rounds % 5 === 0) this.#construct(1);
      this.#isPriced = progress > PRICING_SHARE || pricing.stepScale < 0.01;
      if (this.#isPriced) this.plan.restore(this.best);
      return;
    }
    const average = this.bestCost / Math.max(1, this.#model.orders.length);
    this.#improve(average * HOT * (COLD / HOT) ** progress);
  }

  /** Mostly an order that pays more than it would alone. */
  #pickSeed(): number {
    const n = this.#model.orders.length;
    let order = 0;
    for (let tries = 0; tries < 8; tries += 1) {
      order = Math.floor(this.#next() * n);
      if ((this.plan.placements[order]?.cost ?? 0) > (this.#lower[order] ?? 0) + 1e-9) break;
    }
    return order;
  }

  /** An order that uses, or could use, a position that this order can use; -1 when none was found. */
  #pickRival(order: number): number {
    const { orders, rivals } = this.#model;
    const entries = orders[order]?.entryPosition;
    if (entries === undefined || entries.length === 0) return -1;
    const position = entries[Math.floor(this.#next() * entries.length)] ?? 0;
    const list = rivals[position];
    if (list === undefined) return -1;
    const start = Math.floor(this.#next() * list.length);
    if (this.#next() < RANDOM_RIVAL) {
      const other = list[start] ?? -1;
      return this.#isRemoved[other] === 1 ? -1 : other;
    }
    for (let i = 0; i < list.length && i < 24; i += 1) {
      const other = list[(start + i) % list.length] ?? -1;
      if (this.#isRemoved[other] === 0 && this.#holds(other, position)) return other;
    }
    return -1;
  }

  #holds(order: number, position: number): boolean {
    const entryPosition = this.#model.orders[order]?.entryPosition;
    const entries = this.plan.placements[order]?.entries;
    if (entryPosition === undefined || entries === undefined) return false;
    for (let i = 0; i < entries.length; i += 1) if (entryPosition[entries[i] ?? 0] === position) return true;
    return false;
  }

  #construct(weight: number): void {
    const n = this.#model.orders.length;
    for (let o = 0; o < n; o += 1) this.plan.withdraw(o);
    const sequence = Array.from({ length: n }, (_, o) => o);
    for (let o = 0; o < n; o += 1) this.#key[o] = this.#next();
    sequence.sort((a, b) => (this.#key[a] ?? 0) - (this.#key[b] ?? 0));
    for (const o of sequence) this.#place(o, weight);
    this.#keep();
  }

  /** One round of prices; its independent decisions are the joint plan when they fit together. */
  #price(): void {
    this.pricing.round(this.bestCost);
    if (this.pricing.rounds === 1) this.#lower.set(this.pricing.pricedCost);
  }

  #improve(temperature: number): void {
    const { orders } = this.#model;
    const n = orders.length;
    const target = Math.min(n, 2 + Math.floor(this.#next() * 8));
    const removed = this.#removed;
    let count = 1;
    const seed = this.#pickSeed();
    removed[0] = seed;
    this.#isRemoved[seed] = 1;
    for (let tries = 0; count < target && tries < 4 * target; tries += 1) {
      const other = this.#pickRival(removed[tries === 0 ? 0 : Math.floor(this.#next() * count)] ?? 0);
      if (other < 0) continue;
      this.#isRemoved[other] = 1;
      removed[count] = other;
      count += 1;
    }
    const before = this.plan.cost;
    const old: Placement[] = [];
    let lower = 0;
    for (let i = 0; i < count; i += 1) {
      const o = removed[i] ?? 0;
      this.#isRemoved[o] = 0;
      const placement = this.plan.placements[o];
      if (placement !== undefined) old.push(placement);
      this.plan.withdraw(o);
      this.plan.cost -= orders[o]?.costOfNothing ?? 0;
      lower += this.#lower[o] ?? 0;
    }
    const start: number[] = [];
    for (let i = 0; i < count; i += 1) start.push(removed[i] ?? 0);
    for (let i = count - 1; i > 0; i -= 1) {
      const j = Math.floor(this.#next() * (i + 1));
      const swap = removed[i] ?? 0;
      removed[i] = removed[j] ?? 0;
      removed[j] = swap;
    }
    const weight = this.#next() < 0.25 ? 1 : 0;
    const limit = before - temperature * Math.log(1 - this.#next());
    let placed = 0;
    for (; placed < count; placed += 1) {
      const o = removed[placed] ?? 0;
      this.plan.cost += orders[o]?.costOfNothing ?? 0;
      lower -= this.#lower[o] ?? 0;
      // What this order may cost at most if the move is still to be accepted.
      const cutoff = limit - (this.plan.cost - (orders[o]?.costOfNothing ?? 0)) - lower + 1e-9;
      if (!this.#placeBelow(o, placed === count - 1 ? 0 : weight, cutoff)) break;
    }
    if (placed === count) {
      this.#keep();
      return;
    }
    for (let i = 0; i < placed; i += 1) this.plan.withdraw(removed[i] ?? 0);
    for (let i = 0; i < count; i += 1) {
      const placement = old[i];
      if (placement !== undefined) this.plan.apply(start[i] ?? 0, placement);
    }
    this.plan.cost = before;
  }
}
