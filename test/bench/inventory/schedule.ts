import { makeRandom, type Random } from '../../../shared/sourcing/index.ts';

/**
 * A request as a workflow, a node or an operator makes it; small numbers stand for orders, nodes and SKUs. What a node
 * reports of an order follows from the two, so that it is the same however often it is said.
 */
export type Request =
  | { readonly kind: 'reserve'; readonly order: number; readonly plans: readonly (readonly Row[])[] }
  | { readonly kind: 'release'; readonly order: number; readonly node?: number; readonly outOfStock: boolean }
  | { readonly kind: 'book'; readonly order: number; readonly node: number; readonly short: number }
  | { readonly kind: 'receive'; readonly cell: number; readonly key: number; readonly quantity: number }
  | { readonly kind: 'hold'; readonly order: number; readonly rows: readonly Row[]; readonly minutes: number }
  | { readonly kind: 'extend'; readonly order: number; readonly minutes: number }
  | { readonly kind: 'drop' | 'bind' | 'free'; readonly order: number }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'count'; readonly cell: number; readonly key: number; readonly onHand: number };

/** Units of the cell; the line is its place in the plan. */
export type Row = { readonly cell: number; readonly quantity: number };

/** Two SKUs at two nodes. */
export const CELL_COUNT = 4;
export const NODE_COUNT = 2;

/**
 * Everything that a run depends on. `seed` drives generation and interleaving; `keep` and `faults` narrow it down when
 * a failing schedule is shrunk.
 */
export type Schedule = {
  readonly seed: number;
  readonly initial: readonly number[];
  readonly requests: readonly Request[];
  /** Deliveries by request index, in the order of the queue: some come twice, none in a dependable order. */
  readonly deliveries: readonly number[];
  readonly workers: number;
  readonly cellsPerEntry: number;
  /** Whether claims on one cell are made in groups. */
  readonly isHot: boolean;
  /** Whether every order was a basket, whose units its plan is exchanged for. */
  readonly hasBaskets: boolean;
  /** How much time passes with a call: baskets expire within a few of them. */
  readonly msPerStep: number;
  /** Clock skew of each worker, in milliseconds. */
  readonly skews: readonly number[];
  /** Faults injected at most. */
  readonly faults: number;
};

export type Narrowing = { readonly keep?: readonly number[]; readonly faults?: number };

const planOf = (random: Random): readonly Row[] =>
  Array.from({ length: 1 + random.below(3) }, () => ({
    cell: random.below(CELL_COUNT),
    quantity: 1 + random.below(2),
  }));

const requestOf = (random: Random, orders: number): Request => {
  const order = random.below(orders);
  const dice = random.next();
  if (dice < 0.4) {
    return {
      kind: 'reserve',
      order,
      plans: Array.from({ length: 1 + random.below(2) }, () => planOf(random)),
    };
  }
  if (dice < 0.6) {
    return {
      kind: 'release',
      order,
      ...(random.next() < 0.6 ? { node: random.below(NODE_COUNT) } : {}),
      outOfStock: order % 2 === 1,
    };
  }
  if (dice < 0.8) {
    const node = random.below(NODE_COUNT);
    return { kind: 'book', order, node, short: (order + node) % 2 };
  }
  const cell = random.below(CELL_COUNT);
  const key = random.below(3);
  return dice < 0.94
    ? { kind: 'receive', cell, key, quantity: 1 + (key % 2) }
    : { kind: 'count', cell, key, onHand: random.below(4) };
};

/** What happens to baskets while they expire: held twice, late, after their order, or never. */
const basketRequests = (random: Random, orders: number): readonly Request[] =>
  Array.from({ length: 2 + random.below(5) }, (): Request => {
    const order = random.below(orders);
    const minutes = 1 + random.below(3);
    const dice = random.next();
    if (dice < 0.45) return { kind: 'hold', order, rows: planOf(random), minutes };
    if (dice < 0.6) return { kind: 'bind', order };
    if (dice < 0.72) return { kind: 'sweep' };
    if (dice < 0.84) return { kind: 'extend', order, minutes };
    return { kind: dice < 0.92 ? 'drop' : 'free', order };
  });

const shuffled = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  values
    .map((value) => ({ value, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

/** The schedule of a seed; the same seed and narrowing give the same run on every machine. */
export const scheduleOf = (seed: number, { keep, faults }: Narrowing = {}): Schedule => {
  const random = makeRandom(seed);
  const orders = 2 + random.below(2);
  const count = 3 + random.below(4);
  const hasBaskets = random.next() < 0.3;
  const baskets = hasBaskets ? basketRequests(random, orders) : [];
  const ordinary = Array.from({ length: count }, (_, index): Request =>
    index < orders && random.next() < 0.8
      ? { kind: 'reserve', order: index, plans: [planOf(random), planOf(random)] }
      : requestOf(random, orders),
  );
  const requests = [...baskets, ...ordinary];
  const twice = requests.map(() => random.next() < 0.3);
  const queue = requests.flatMap((_, index) => (twice[index] === true ? [index, index] : [index]));
  const deliveries = random.next() < 0.7 ? shuffled(queue, random) : queue;
  const workers = 2 + random.below(2);
  const drawnFaults = random.below(4);
  return {
    seed,
    initial: Array.from({ length: CELL_COUNT }, () => random.below(4)),
    requests,
    deliveries: deliveries.filter((index) => keep?.includes(index) ?? true),
    workers,
    cellsPerEntry: random.next() < 0.3 ? 1 : 33,
    isHot: random.next() < 0.4,
    hasBaskets,
    msPerStep: hasBaskets ? 5_000 : 10,
    // Far more than real clocks differ: several minutes' worth of expiries, where there are any.
    skews: Array.from({ length: workers }, () =>
      Math.floor((random.next() - 0.5) * (hasBaskets ? 200_000 : 10_000)),
    ),
    faults: Math.min(drawnFaults, faults ?? drawnFaults),
  };
};

/** Names a schedule so that it can be run again: `seed[:kept requests[:faults]]`. */
export const tokenOf = (seed: number, { keep, faults }: Narrowing = {}): string =>
  [String(seed), keep?.join(',') ?? '', faults ?? ''].join(':').replace(/:+$/, '');

export const narrowingOf = (token: string): { readonly seed: number; readonly narrowing: Narrowing } => {
  const [seed = '', keep = '', faults = ''] = token.split(':');
  return {
    seed: Number(seed),
    narrowing: {
      ...(keep === '' ? {} : { keep: keep.split(',').map(Number) }),
      ...(faults === '' ? {} : { faults: Number(faults) }),
    },
  };
};
