import { milesBetween, type Geography, type Place } from './cities.ts';
import { makeRandom } from '../../../shared/sourcing/index.ts';

/**
 * The network of the online benchmark: 5 centres, 10 metros, 20 items, and order types (a metro with a bundle of
 * items) that arrive independently with fixed probabilities. Costs are the study's: 8.759 a shipment and
 * 0.423 + 0.000541 x miles a unit; a unit left unfilled costs twice the farthest delivery of one unit.
 */
export interface OnlineNetwork {
  readonly centres: number;
  readonly items: number;
  readonly shipmentCost: number;
  /** Cost of a unit, by metro and centre. */
  readonly unitCost: readonly (readonly number[])[];
  readonly unfilledCost: number;
  readonly types: readonly OrderType[];
  /** Units at the start, by centre x item. */
  readonly stock: Float64Array;
}

export interface OrderType {
  readonly metro: number;
  readonly items: readonly number[];
  readonly probability: number;
}

const CENTRES = 5;
const METROS = 10;
const ITEMS = 20;
const BUNDLES = 40;
const SHIPMENT = 8.759;
/** How many items an order has, as cumulative probabilities of 1, 2, 3 and 4. */
const SIZES = [0.35, 0.65, 0.85, 1];

export const makeOnlineNetwork = (geography: Geography, arrivals: number, seed: number): OnlineNetwork => {
  const random = makeRandom(seed);
  const draw = (places: readonly Place[], count: number): Place[] => {
    const pool = [...places];
    return Array.from({ length: count }, () => pool.splice(random.below(pool.length), 1)).flat();
  };
  const centres = draw(geography.centres, CENTRES);
  const metros = [...geography.metros].sort((a, b) => b.population - a.population).slice(0, METROS);
  const unitCost = metros.map((metro) =>
    centres.map((centre) => 0.423 + 0.000541 * milesBetween(metro, centre)),
  );
  const bundles = Array.from({ length: BUNDLES }, () => {
    const roll = random.next();
    const size = 1 + SIZES.findIndex((limit) => roll < limit);
    const items = new Set<number>();
    while (items.size < size) items.add(Math.floor(ITEMS * random.next() ** 1.6));
    return { items: [...items], weight: random.exponential(1) };
  });
  const people = metros.reduce((sum, metro) => sum + metro.population, 0);
  const weight = bundles.reduce((sum, bundle) => sum + bundle.weight, 0);
  const types = metros.flatMap((metro, m) =>
    bundles.map((bundle) => ({
      metro: m,
      items: bundle.items,
      probability: (metro.population / people) * (bundle.weight / weight),
    })),
  );
  return {
    centres: CENTRES,
    items: ITEMS,
    shipmentCost: SHIPMENT,
    unitCost,
    unfilledCost: 2 * (SHIPMENT + Math.max(...unitCost.flat())),
    types,
    stock: placeStock(types, unitCost, arrivals, random.next),
  };
};

/** Stock for the expected demand, half of it where the demand is nearest and half at random. */
const placeStock = (
  types: readonly OrderType[],
  unitCost: readonly (readonly number[])[],
  arrivals: number,
  next: () => number,
): Float64Array => {
  const near = new Float64Array(CENTRES * ITEMS);
  const demand = new Float64Array(ITEMS);
  for (const { metro, items, probability } of types) {
    const costs = unitCost[metro] ?? [];
    const nearest = costs.indexOf(Math.min(...costs));
    for (const item of items) {
      near[nearest * ITEMS + item] = (near[nearest * ITEMS + item] ?? 0) + arrivals * probability;
      demand[item] = (demand[item] ?? 0) + arrivals * probability;
    }
  }
  const stock = new Float64Array(CENTRES * ITEMS);
  for (let item = 0; item < ITEMS; item += 1) {
    const shares = Array.from({ length: CENTRES }, () => -Math.log(1 - next()));
    const total = shares.reduce((sum, share) => sum + share, 0);
    shares.forEach((share, centre) => {
      const at = centre * ITEMS + item;
      stock[at] = Math.round(0.5 * (near[at] ?? 0) + (0.5 * share * (demand[item] ?? 0)) / total);
    });
  }
  return stock;
};

/** A sequence of order types, drawn independently. */
export const drawArrivals = (network: OnlineNetwork, count: number, seed: number): readonly number[] => {
  const random = makeRandom(seed);
  let sum = 0;
  const cumulative = network.types.map((type) => (sum += type.probability));
  return Array.from({ length: count }, () => {
    const roll = random.next() * sum;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) > roll) high = middle;
      else low = middle + 1;
    }
    return low;
  });
};
