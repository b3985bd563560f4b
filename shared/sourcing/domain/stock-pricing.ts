import type { BatchDecider } from './batch-decider.ts';
import type { BatchModel } from './batch-model.ts';

/** Share of Polyak's step at the start; rounds without progress before it shrinks, and how far. */
const FIRST_STEP = 0.4;
const PATIENCE = 3;
const SHRINK = 0.65;
/** Progress that counts as such, relative to the bound. */
const NOTABLE = 1e-4;
/** Share of the last direction that a round keeps. */
const MEMORY = 0.5;

/**
 * Prices of stock and of node capacity by Lagrangian relaxation: with a price on each unit the orders part, each is
 * decided exactly, and the sum less the price of all stock is a lower bound on the cost of any joint plan
 * (Geoffrion 1974). Prices move along a smoothed subgradient with Polyak's step.
 */
export class StockPricing {
  /** Best bound so far and the prices that gave it. */
  bound = Number.NEGATIVE_INFINITY;
  readonly prices: Float64Array;
  readonly nodePrices: Float64Array;

  readonly #model: BatchModel;
  readonly #decider: BatchDecider;
  readonly #current: Float64Array;
  readonly #currentNode: Float64Array;
  readonly #direction: Float64Array;
  readonly #directionNode: Float64Array;
  readonly #used: Float64Array;
  readonly #usedNode: Float64Array;
  /** Bound on the cost of each order under the prices of the last round. */
  readonly pricedBound: Float64Array;
  #stepScale = FIRST_STEP;
  #stalled = 0;
  rounds = 0;

  /** `start`: prices to begin with, of a like problem. */
  constructor(model: BatchModel, decider: BatchDecider, start?: Float64Array) {
    this.#model = model;
    this.#decider = decider;
    this.prices = new Float64Array(model.positionCount);
    this.nodePrices = new Float64Array(model.nodeCount);
    this.#current = new Float64Array(model.positionCount);
    this.#currentNode = new Float64Array(model.nodeCount);
    if (start !== undefined) this.#current.set(start);
    this.#direction = new Float64Array(model.positionCount);
    this.#directionNode = new Float64Array(model.nodeCount);
    this.#used = new Float64Array(model.positionCount);
    this.#usedNode = new Float64Array(model.nodeCount);
    this.pricedBound = new Float64Array(model.orders.length);
  }

  /** Falls as the prices settle. */
  get stepScale(): number {
    return this.#stepScale;
  }

  /** One round: decide every order at the current prices, note the bound, move the prices. */
  round(bestCost: number): void {
    const { orders, stock, nodeLimit, positionCount, nodeCount } = this.#model;
    const decider = this.#decider;
    const used = this.#used.fill(0);
    const usedNode = this.#usedNode.fill(0);
    let value = 0;
    for (let o = 0; o < orders.length; o += 1) {
      const order = orders[o];
      if (order === undefined || order.times === 0) continue;
      const { times } = order;
      decider.decide(order, stock, nodeLimit, this.#current, this.#currentNode, 1);
      value += times * decider.pricedBound;
      this.pricedBound[o] = decider.pricedBound;
      for (let i = 0; i < decider.count; i += 1) {
        const position = order.entryPosition[decider.entry[i] ?? 0] ?? 0;
        used[position] = (used[position] ?? 0) + times * (decider.units[i] ?? 0);
      }
      for (let i = 0; i < decider.arcCount; i += 1) {
        const node = order.arcNode[decider.arc[i] ?? 0] ?? 0;
        usedNode[node] = (usedNode[node] ?? 0) + times;
      }
    }
    for (let p = 0; p < positionCount; p += 1) value -= (this.#current[p] ?? 0) * (stock[p] ?? 0);
    for (let n = 0; n < nodeCount; n += 1) {
      const price = this.#currentNode[n] ?? 0;
      if (price > 0) value -= price * (nodeLimit[n] ?? 0);
    }
    this.rounds += 1;
    this.#noteBound(value);
    this.#move(bestCost - value);
  }

  #noteBound(value: number): void {
    if (value > this.bound) {
      this.#stalled = value > this.bound + NOTABLE * Math.abs(value) ? 0 : this.#stalled + 1;
      this.bound = value;
      this.prices.set(this.#current);
      this.nodePrices.set(this.#currentNode);
    } else this.#stalled += 1;
    if (this.#stalled >= PATIENCE) {
      this.#stalled = 0;
      this.#stepScale *= SHRINK;
      this.#current.set(this.prices);
      this.#currentNode.set(this.nodePrices);
    }
  }

  #move(gap: number): void {
    const { stock, nodeLimit } = this.#model;
    const norm =
      blend(this.#direction, this.#current, this.#used, stock) +
      blend(this.#directionNode, this.#currentNode, this.#usedNode, nodeLimit);
    if (norm === 0 || gap <= 0) return;
    const step = (this.#stepScale * gap) / norm;
    advance(this.#current, this.#direction, step);
    advance(this.#currentNode, this.#directionNode, step);
  }
}

/** Blends the overuse into the direction and returns its squared length; a price at zero is not pulled down. */
const blend = (
  direction: Float64Array,
  price: Float64Array,
  used: Float64Array,
  limit: Float64Array,
): number => {
  let norm = 0;
  for (let i = 0; i < direction.length; i += 1) {
    const available = limit[i] ?? 0;
    if (available === Number.POSITIVE_INFINITY) continue;
    let over = (used[i] ?? 0) - available;
    if (over < 0 && (price[i] ?? 0) === 0) over = 0;
    const blended = MEMORY * (direction[i] ?? 0) + (1 - MEMORY) * over;
    direction[i] = blended;
    norm += blended * blended;
  }
  return norm;
};

const advance = (price: Float64Array, direction: Float64Array, step: number): void => {
  for (let i = 0; i < price.length; i += 1) {
    price[i] = Math.max(0, (price[i] ?? 0) + step * (direction[i] ?? 0));
  }
};
