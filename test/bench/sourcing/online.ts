import { makeRandom, valueStock, type StockPrices } from '../../../shared/sourcing/index.ts';
import { mean, measure, type Measure } from '../measures.ts';
import type { SourcingBench } from './context.ts';
import { decide, orderOfType, pricesOf, rowsOf, withFluidPlan, type FluidPlan } from './fluid-plan.ts';
import { drawArrivals, makeOnlineNetwork, type OnlineNetwork, type OrderType } from './network.ts';

const ARRIVALS = 10_000;
/** How the prices of the linear programme are refreshed: ours, and plainer ways for comparison. */
const SCHEDULES = {
  own: { period: 50, samples: 4, keep: 0.5 },
  'sampled, 10 refreshes': { period: 1000, samples: 8, keep: 0 },
  'expected future, 10 refreshes': { period: 1000, samples: 0, keep: 0 },
  'expected future, 200 refreshes': { period: 50, samples: 0, keep: 0 },
} as const;

interface Schedule {
  /** Arrivals between two refreshes. */
  readonly period: number;
  /** Sampled futures for each refresh; 0 = the expected future alone. */
  readonly samples: number;
  /** Share of the old prices that a refresh keeps. */
  readonly keep: number;
}

/** How the live valuation is asked: `valueStock`, without a linear programme. */
const LIVE = { period: 50, futures: 2, rounds: 25, keep: 0.5 };

/** A policy serves one order from what each centre holds; `t` counts the arrivals. */
type Policy = (
  type: OrderType,
  held: readonly Record<string, number>[],
  t: number,
  left: Float64Array,
) => {
  readonly cost: number;
  readonly rows: readonly number[];
};

const serve = (network: OnlineNetwork, arrivals: readonly number[], policy: Policy): number => {
  const left = Float64Array.from(network.stock);
  const held = Array.from({ length: network.centres }, (_, centre) =>
    Object.fromEntries(
      Array.from({ length: network.items }, (_item, item) => [
        `I${item}`,
        left[centre * network.items + item] ?? 0,
      ]),
    ),
  );
  let total = 0;
  arrivals.forEach((q, t) => {
    const type = network.types[q];
    if (type === undefined) return;
    const { cost, rows } = policy(type, held, t, left);
    total += cost;
    for (const row of rows) {
      left[row] = (left[row] ?? 0) - 1;
      Object.assign(held[Math.floor(row / network.items)] ?? {}, { [`I${row % network.items}`]: left[row] });
    }
  });
  return total;
};

const priced =
  (network: OnlineNetwork, pricesAt: (t: number, left: Float64Array) => StockPrices | undefined): Policy =>
  (type, held, t, left) => {
    const choice = decide(network, type, held, pricesAt(t, left));
    return { cost: choice.cost.total, rows: rowsOf(network, choice) };
  };

/** Each item from the nearest centre that has it. */
const nearest =
  (network: OnlineNetwork): Policy =>
  (type, _held, _t, left) => {
    const costs = network.unitCost[type.metro] ?? [];
    const near = costs.map((_, centre) => centre).sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
    const used = new Set<number>();
    const rows: number[] = [];
    let cost = 0;
    for (const item of type.items) {
      const centre = near.find((candidate) => (left[candidate * network.items + item] ?? 0) > 0);
      if (centre === undefined) {
        cost += network.unfilledCost;
        continue;
      }
      used.add(centre);
      rows.push(centre * network.items + item);
      cost += costs[centre] ?? 0;
    }
    return { cost: cost + used.size * network.shipmentCost, rows };
  };

/**
 * Prices of the fluid plan for what is still to come, refreshed every `period` arrivals: the mean over `samples`
 * sampled futures (Talluri and van Ryzin 1999), or those of the expected future when `samples` is 0.
 */
const repriced = (network: OnlineNetwork, plan: FluidPlan, schedule: Schedule, seed: number): Policy => {
  const random = makeRandom(seed);
  const prices = new Float64Array(network.stock.length);
  const current = pricesOf(network, prices);
  const { samples } = schedule;
  return priced(network, (t, left) => {
    if (t % schedule.period !== 0) return current;
    // In units of the whole season, so that the last basis stays useful.
    const scale = ARRIVALS / (ARRIVALS - t);
    const limits = left.map((units) => units * scale);
    const means = network.types.map((type) => type.probability * (ARRIVALS - t));
    const keep = t === 0 ? 0 : schedule.keep;
    prices.forEach((price, row) => (prices[row] = price * keep));
    for (let k = 0; k < Math.max(1, samples); k += 1) {
      const counts = means.map((expected) => (samples === 0 ? expected : random.poisson(expected)) * scale);
      const solved = plan.solve({ limits, counts }).prices;
      solved.forEach(
        (price, row) => (prices[row] = (prices[row] ?? 0) + ((1 - keep) * price) / Math.max(1, samples)),
      );
    }
    return current;
  });
};

/** Prices as the deployed system makes them (`valueStock`), over the same futures' expectation. */
const valued = (network: OnlineNetwork, seed: number): Policy => {
  const { centres, items, types } = network;
  const prices = new Float64Array(network.stock.length);
  const current = pricesOf(network, prices);
  const nodes = Array.from({ length: centres }, (_, centre) => String(centre));
  const kinds = types.map((type, q) => orderOfType(network, type, q));
  let t0 = 0;
  return priced(network, (t, left) => {
    if (t % LIVE.period !== 0) return current;
    const stock = [...left].map((quantity, row) => ({
      node: String(Math.floor(row / items)),
      sku: `I${row % items}`,
      quantity,
    }));
    const rows = valueStock(
      { nodes, stock },
      kinds.map((order, q) => ({ order, expected: (types[q]?.probability ?? 0) * (ARRIVALS - t) })),
      {
        seed: seed + t0++,
        futures: LIVE.futures,
        rounds: t === 0 ? 8 * LIVE.rounds : LIVE.rounds,
        before: prices.filter((_, row) => (left[row] ?? 0) > 0),
      },
    );
    const found = new Map(
      rows.map(({ node, sku, price }) => [Number(node) * items + Number(sku.slice(1)), price]),
    );
    const keep = t === 0 ? 0 : LIVE.keep;
    prices.forEach((price, row) => (prices[row] = keep * price + (1 - keep) * (found.get(row) ?? 0)));
    return current;
  });
};

export const measureOnline = (bench: SourcingBench): readonly Measure[] => {
  const { options, geography, highs } = bench;
  const n = options.quick ? 2 : 5;
  const ratios: Record<string, number[]> = {};
  const note = (name: string, ratio: number): string => {
    (ratios[name] ??= []).push(ratio);
    return `${name} ${ratio.toFixed(4)}`;
  };
  for (let k = 0; k < n; k += 1) {
    const seed = options.seed * 100 + k;
    const network = makeOnlineNetwork(geography, ARRIVALS, seed);
    const arrivals = drawArrivals(network, ARRIVALS, seed + 50);
    const counts = network.types.map(() => 0);
    for (const q of arrivals) counts[q] = (counts[q] ?? 0) + 1;
    const best = withFluidPlan(network, highs, (plan) => plan.solve({ limits: network.stock, counts }).cost);
    const parts = [
      note('nearest', serve(network, arrivals, nearest(network)) / best),
      note(
        'exact myopic',
        serve(
          network,
          arrivals,
          priced(network, () => undefined),
        ) / best,
      ),
    ];
    for (const [name, schedule] of Object.entries(SCHEDULES)) {
      const cost = withFluidPlan(network, highs, (plan) =>
        serve(network, arrivals, repriced(network, plan, schedule, seed)),
      );
      parts.push(note(name, cost / best));
    }
    parts.push(note('valueStock, 200 refreshes', serve(network, arrivals, valued(network, seed)) / best));
    options.progress(`R4 ${k + 1} of ${n}: ${parts.join(', ')}`);
  }
  const { own = [], ...others } = ratios;
  return [
    measure({
      id: 'R4.ratio',
      value: mean(own),
      unit: 'of hindsight LP',
      goal: '<= 1.012',
      n,
      seed: options.seed,
      peers: Object.fromEntries(Object.entries(others).map(([name, values]) => [name, mean(values)])),
      note: `${geography.source}; 5 centres x 10 metros x 20 items x 10,000 arrivals; stock = expected demand; prices: mean dual of ${SCHEDULES.own.samples} sampled futures, refreshed every ${SCHEDULES.own.period} arrivals; hindsight = method-based LP`,
    }),
  ];
};
