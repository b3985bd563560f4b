import { BatchDecider } from './batch-decider.ts';
import type { BatchModel } from './batch-model.ts';
import { BatchPlan, takeDecision, type Placement } from './batch-plan.ts';
import { StockPricing } from './stock-pricing.ts';

/** Share of the budget that goes to prices at most. */
const PRICING_SHARE = 0.35;
/** Below this step the prices hardly move any more. */
const FINEST_STEP = 0.01;
/** Rounds of prices between two plans built under them. */
const ROUNDS_PER_PLAN = 5;
/** Temperatures of the first and the last move, relative to the average cost of an order. */
const HOT = 0.04;
const COLD = 0.001;
/** A move takes out this many orders: SMALLEST .. SMALLEST + SPREAD - 1. */
const SMALLEST = 2;
const SPREAD = 8;
/** Share of rivals picked at random rather than for holding what another order could use. */
const RANDOM_RIVAL = 0.4;
/** Share of moves that put orders back under prices, so that they leave scarce stock to the others. */
const PRICED_MOVES = 0.25;
/** Sets of nodes looked into for one order at most: far beyond any real one, and an end to any contrived one. */
const VISITS_ALONE = 1_000_000;
const VISITS_IN_BATCH = 20_000;
/** Bound and cost that are this close are the same; costs are compared with this slack. */
const PROOF = 1e-9;

/**
 * A plan for many orders that share stock: prices first (Lagrangian bound), plans built under the prices, then ruin
 * and recreate with simulated annealing, every order put back by the exact single-order search. Related work:
 * Shaw 1998 (large neighbourhoods), Schrimpf et al. 2000 (ruin and recreate), Christiaens and Vanden Berghe 2020.
 * Random numbers come from the seed alone.
 */
export class BatchSearch {
  readonly plan: BatchPlan;
  readonly pricing: StockPricing;
  readonly decider: BatchDecider;
  /** The best placements so far and their cost. */
  best: readonly Placement[];
  bestCost: number;
  readonly #model: BatchModel;
  readonly #lower: Float64Array;
  readonly #removed: Int32Array;
  readonly #isRemoved: Uint8Array;
  #seed: number;
  #isPriced = false;

  constructor(model: BatchModel, seed: number) {
    this.#model = model;
    this.#seed = seed >>> 0;
    this.plan = new BatchPlan(model);
    this.decider = new BatchDecider(model.orders.length === 1 ? VISITS_ALONE : VISITS_IN_BATCH);
    this.pricing = new StockPricing(model, this.decider);
    this.best = [...this.plan.placements];
    this.bestCost = this.plan.cost;
    this.#lower = new Float64Array(model.orders.length);
    this.#removed = new Int32Array(SMALLEST + SPREAD);
    this.#isRemoved = new Uint8Array(model.orders.length);
  }

  /** Uniform in [0, 1): mulberry32. */
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

  /** Remembers the plan if it is the best so far. */
  #keep(): void {
    if (this.plan.cost < this.bestCost - PROOF) {
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
      if (pricing.rounds % ROUNDS_PER_PLAN === 0) this.#construct(1);
      this.#isPriced = progress > PRICING_SHARE || pricing.stepScale < FINEST_STEP;
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
      if ((this.plan.placements[order]?.cost ?? 0) > (this.#lower[order] ?? 0) + PROOF) break;
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

  /** Builds a plan order by order, in random sequence, with prices on what later orders may need. */
  #construct(weight: number): void {
    const count = this.#model.orders.length;
    const sequence = Int32Array.from({ length: count }, (_, order) => order);
    this.#shuffle(sequence, count);
    for (const order of sequence) this.plan.withdraw(order);
    for (const order of sequence) this.#place(order, weight);
    this.#keep();
  }

  /** One round of prices. The first has none: what each order would cost alone. */
  #price(): void {
    this.pricing.round(this.bestCost);
    if (this.pricing.rounds === 1) this.#lower.set(this.pricing.pricedBound);
  }

  /** One move: take out some rivals, put them back in another order, keep the outcome if it is good enough. */
  #improve(temperature: number): void {
    const { orders } = this.#model;
    const count = this.#pickRivals();
    const removed = this.#removed;
    const before = this.plan.cost;
    const limit = before - temperature * Math.log(1 - this.#next());
    const weight = this.#next() < PRICED_MOVES ? 1 : 0;
    const taken: { readonly order: number; readonly placement: Placement }[] = [];
    // Cost of all orders but those taken out, and a bound on what these will cost again.
    let cost = before;
    let lower = 0;
    for (let i = 0; i < count; i += 1) {
      const order = removed[i] ?? 0;
      const placement = this.plan.placements[order];
      if (placement === undefined) continue;
      taken.push({ order, placement });
      cost -= placement.cost;
      lower += this.#lower[order] ?? 0;
      this.plan.withdraw(order);
    }
    this.#shuffle(removed, count);
    let placed = 0;
    while (placed < count) {
      const order = removed[placed] ?? 0;
      lower -= this.#lower[order] ?? 0;
      // What this order may cost at most if the move is still to be accepted. The last one leaves to nobody.
      const cutoff = limit - cost - lower + PROOF;
      if (!this.#placeBelow(order, placed === count - 1 ? 0 : weight, cutoff)) break;
      cost += this.plan.placements[order]?.cost ?? orders[order]?.costOfNothing ?? 0;
      placed += 1;
    }
    if (placed === count) {
      this.plan.cost = cost;
      this.#keep();
      return;
    }
    for (let i = 0; i < placed; i += 1) this.plan.withdraw(removed[i] ?? 0);
    for (const { order, placement } of taken) this.plan.apply(order, placement);
    this.plan.cost = before;
  }

  /** Fills `removed` with a seed and orders that compete with it; returns how many. */
  #pickRivals(): number {
    const removed = this.#removed;
    const target = Math.min(this.#model.orders.length, SMALLEST + Math.floor(this.#next() * SPREAD));
    removed[0] = this.#pickSeed();
    this.#isRemoved[removed[0] ?? 0] = 1;
    let count = 1;
    for (let tries = 0; count < target && tries < 4 * target; tries += 1) {
      const other = this.#pickRival(removed[tries === 0 ? 0 : Math.floor(this.#next() * count)] ?? 0);
      if (other < 0) continue;
      this.#isRemoved[other] = 1;
      removed[count] = other;
      count += 1;
    }
    for (let i = 0; i < count; i += 1) this.#isRemoved[removed[i] ?? 0] = 0;
    return count;
  }

  #shuffle(items: Int32Array, count: number): void {
    for (let i = count - 1; i > 0; i -= 1) {
      const j = Math.floor(this.#next() * (i + 1));
      const swap = items[i] ?? 0;
      items[i] = items[j] ?? 0;
      items[j] = swap;
    }
  }
}
