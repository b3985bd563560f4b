import { BatchDecider } from '../batch-decider.ts';
import { compileBatch, type BatchModel } from '../batch-model.ts';
import type { SourcingInstance, SourcingOrder, StockRow } from '../instance.ts';
import { makeRandom, type Random } from '../seeded-random.ts';
import { StockPricing } from '../stock-pricing.ts';

/** Orders of one kind that are still to come: how they can be served, and how many of them are expected. */
export type ExpectedOrders = { readonly order: SourcingOrder; readonly expected: number };

export type Valuation = {
  readonly seed: number;
  /** Futures that are drawn; their prices are averaged. */
  readonly futures: number;
  /** Rounds of prices a future: each decides every kind of order once. */
  readonly rounds: number;
  /** What a unit was worth so far: where the search begins. */
  readonly before?: StockValue;
};

/** Worth of a unit by position of the stock that was valued, in the currency of the costs. */
export type StockValue = Float64Array;

/** One set of nodes may be looked at in so many ways; a kind of order that needs more is priced a little low. */
const VISITS = 20_000;

/** What these orders cost when each takes what is best for itself, in an order drawn anew: no joint plan costs more. */
const costOneByOne = (
  model: BatchModel,
  times: readonly number[],
  decider: BatchDecider,
  random: Random,
): number => {
  const left = Float64Array.from(model.stock);
  const free = new Float64Array(model.positionCount);
  const freeNodes = new Float64Array(model.nodeCount);
  const queue = times.flatMap((count, o) => Array.from({ length: count }, () => o));
  for (let i = queue.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [queue[i], queue[j]] = [queue[j] ?? 0, queue[i] ?? 0];
  }
  let cost = 0;
  for (const o of queue) {
    const order = model.orders[o];
    if (order === undefined) continue;
    decider.decide(order, left, model.nodeLimit, free, freeNodes, 0);
    cost += decider.cost;
    for (let i = 0; i < decider.count; i += 1) {
      const position = order.entryPosition[decider.entry[i] ?? 0] ?? 0;
      left[position] = (left[position] ?? 0) - (decider.units[i] ?? 0);
    }
  }
  return cost;
};

/**
 * What one unit more of each position would save on the orders still to come: the mean shadow price over futures drawn
 * from the expectation (Talluri and van Ryzin 1999), each by Lagrangian relaxation of the stock (Geoffrion 1974), which
 * has the optimal dual prices of the linear programme over whole decisions. The expected future alone would call a unit
 * either plentiful or short; the mean prices the chance of running short. The same seed gives the same prices.
 */
export const valueStock = (
  world: { readonly nodes: readonly string[]; readonly stock: readonly StockRow[] },
  kinds: readonly ExpectedOrders[],
  { seed, futures, rounds, before }: Valuation,
): readonly { readonly node: string; readonly sku: string; readonly price: number }[] => {
  const random = makeRandom(seed);
  const stock = world.stock.filter(({ quantity }) => quantity > 0);
  const instance: SourcingInstance = {
    currency: '',
    nodes: world.nodes.map((id) => ({ id, maxOrders: null })),
    stock,
    orders: kinds.map(({ order }) => order),
  };
  const sums = new Float64Array(stock.length);
  let start = before;
  for (let future = 0; future < futures; future += 1) {
    const times = kinds.map(({ expected }) => random.poisson(expected));
    const model = compileBatch(instance, times);
    const decider = new BatchDecider(VISITS);
    const ceiling = costOneByOne(model, times, decider, random);
    const pricing = new StockPricing(model, decider, start?.length === stock.length ? start : undefined);
    for (let round = 0; round < rounds; round += 1) pricing.round(ceiling);
    start = pricing.prices;
    pricing.prices.forEach((price, position) => (sums[position] = (sums[position] ?? 0) + price / futures));
  }
  return stock.map(({ node, sku }, position) => ({ node, sku, price: sums[position] ?? 0 }));
};
