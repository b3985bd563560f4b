import { measure, type BenchOptions, type Measure } from '../measures.ts';
import { isClean, judge } from './oracle.ts';
import { settle } from './run-schedules.ts';
import type { Request, Row, Schedule } from './schedule.ts';
import { makeNaiveSystem, makeOwnSystem, type MakeSystem } from './stock-systems.ts';
import { World, type Choices, type Fate } from './world.ts';

/** What each of the workers is asked to do, in its order, on this stock. `crashes`: executors that may die on the way. */
type Scenario = {
  readonly name: string;
  readonly initial: readonly number[];
  readonly lanes: readonly (readonly Request[])[];
  readonly crashes: number;
  readonly cellsPerEntry: number;
  readonly isHot?: boolean;
  readonly hasBaskets?: boolean;
  /** Left out of a quick run. */
  readonly isLarge?: boolean;
};

const reserve = (order: number, ...plans: readonly (readonly Row[])[]): Request => ({
  kind: 'reserve',
  order,
  plans,
});
const one = (cell: number): readonly Row[] => [{ cell, quantity: 1 }];
const both: readonly Row[] = [
  { cell: 0, quantity: 1 },
  { cell: 1, quantity: 1 },
];
const release = (order: number, node: number): Request => ({
  kind: 'release',
  order,
  node,
  outOfStock: order % 2 === 1,
});
const book = (order: number, node: number): Request => ({
  kind: 'book',
  order,
  node,
  short: (order + node) % 2,
});
const receive = (cell: number, key: number): Request => ({
  kind: 'receive',
  cell,
  key,
  quantity: 1 + (key % 2),
});
const count = (cell: number, onHand: number): Request => ({ kind: 'count', cell, key: 0, onHand });

const hold = (order: number, cell: number, minutes = 1): Request => ({
  kind: 'hold',
  order,
  rows: one(cell),
  minutes,
});

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'the last unit, claimed, shipped and released by two',
    initial: [1, 0, 0, 0],
    lanes: [
      [reserve(0, one(0)), book(0, 0), release(0, 0)],
      [reserve(1, one(0)), release(1, 0), reserve(2, one(0))],
    ],
    crashes: 0,
    cellsPerEntry: 33,
  },
  {
    name: 'one reservation claimed by different plans and ended in two ways',
    initial: [1, 1, 0, 0],
    lanes: [
      [reserve(0, one(0), one(1)), book(0, 0), receive(0, 0)],
      [reserve(0, one(1), one(0)), release(0, 0), receive(0, 0)],
    ],
    crashes: 0,
    cellsPerEntry: 33,
  },
  {
    name: 'plans of two entries in each other’s way',
    initial: [1, 1, 0, 0],
    lanes: [
      [reserve(0, both), release(0, 0), receive(0, 0)],
      [reserve(1, both, one(1)), book(1, 1), receive(0, 0)],
    ],
    crashes: 0,
    cellsPerEntry: 1,
  },
  // Two claims gathered together have more interleavings than can be run through: the drawn schedules cover them.
  {
    name: 'a claim on a hot cell, gathered, beside a receipt',
    initial: [0, 0, 0, 0],
    lanes: [[reserve(0, one(0))], [receive(0, 1)]],
    crashes: 0,
    cellsPerEntry: 33,
    isHot: true,
  },
  {
    name: 'a claim on a hot cell, gathered, with a death at every place',
    initial: [1, 0, 0, 0],
    lanes: [[reserve(0, one(0))]],
    crashes: 1,
    cellsPerEntry: 33,
    isHot: true,
  },
  {
    name: 'three workers for two units',
    initial: [2, 0, 0, 0],
    lanes: [[reserve(0, one(0))], [reserve(1, one(0)), release(1, 0)], [reserve(2, one(0))]],
    crashes: 0,
    cellsPerEntry: 33,
  },
  {
    name: 'the last unit, with a death at every place',
    initial: [1, 0, 0, 0],
    lanes: [
      [reserve(0, one(0)), release(0, 0)],
      [reserve(1, one(0)), receive(0, 0)],
    ],
    crashes: 1,
    cellsPerEntry: 33,
  },
  {
    name: 'shipped by one, released by the other, with a death at every place',
    initial: [1, 0, 0, 0],
    lanes: [[reserve(0, one(0)), book(0, 0)], [release(0, 0)]],
    crashes: 1,
    cellsPerEntry: 33,
  },
  {
    name: 'a receipt said twice and a count, with a death at every place',
    isLarge: true,
    initial: [1, 0, 0, 0],
    lanes: [
      [receive(0, 1), reserve(0, one(0))],
      [receive(0, 1), count(1, 1)],
    ],
    crashes: 1,
    cellsPerEntry: 33,
  },
  {
    name: 'a plan of two entries lost half way, with a death at every place',
    initial: [1, 1, 0, 0],
    lanes: [[reserve(0, both)], [reserve(1, one(1))]],
    crashes: 1,
    cellsPerEntry: 1,
  },
  {
    name: 'a basket that expires while it becomes an order, and another order',
    isLarge: true,
    initial: [1, 0, 0, 0],
    lanes: [
      [hold(0, 0), { kind: 'bind', order: 0 }],
      [reserve(1, one(0)), { kind: 'sweep' }],
    ],
    crashes: 0,
    cellsPerEntry: 33,
    hasBaskets: true,
  },
  {
    name: 'a basket exchanged for the plan of its order, while it is bound to it',
    initial: [1, 0, 0, 0],
    lanes: [[hold(0, 0), reserve(0, one(0))], [{ kind: 'bind', order: 0 }]],
    crashes: 0,
    cellsPerEntry: 33,
    hasBaskets: true,
  },
  {
    name: 'a basket exchanged for a plan of two entries that is lost half way, and another order',
    initial: [1, 0, 0, 0],
    lanes: [[hold(0, 0, 60), reserve(0, both)], [reserve(1, one(0))]],
    crashes: 0,
    cellsPerEntry: 1,
    hasBaskets: true,
  },
  {
    name: 'a basket exchanged for a plan of two entries that is lost half way, with a death at every place',
    initial: [1, 0, 0, 0],
    lanes: [[hold(0, 0, 60), reserve(0, both)]],
    crashes: 1,
    cellsPerEntry: 1,
    hasBaskets: true,
  },
  {
    name: 'a basket exchanged for a plan of two entries, while its order ends, with a death at every place',
    isLarge: true,
    initial: [1, 1, 0, 0],
    lanes: [[hold(0, 0, 60), reserve(0, both)], [{ kind: 'free', order: 0 }]],
    crashes: 1,
    cellsPerEntry: 1,
    hasBaskets: true,
  },
];

/** A run of one path: it follows `path`, then takes the first way at every fork, and notes the forks. */
const enumeratedChoices = (path: readonly number[], crashes: number) => {
  const forks: { readonly taken: number; readonly ways: number }[] = [];
  let left = crashes;
  const choose = (ways: number): number => {
    const taken = path[forks.length] ?? 0;
    forks.push({ taken, ways });
    return taken;
  };
  const choices: Choices = {
    pick: choose,
    fate: (): Fate => {
      if (left === 0) return 'done';
      const fate = (['done', 'crashBefore', 'crashAfter', 'lateWrite'] as const)[choose(4)] ?? 'done';
      if (fate !== 'done') left -= 1;
      return fate;
    },
  };
  return { choices, forks };
};

/** The ways not taken at the forks after `path`: each is the path of a run of its own. */
const otherPaths = (
  path: readonly number[],
  forks: readonly { readonly taken: number; readonly ways: number }[],
): readonly (readonly number[])[] => {
  const taken = forks.map((fork) => fork.taken);
  return forks.flatMap(({ ways }, index) =>
    index < path.length
      ? []
      : Array.from({ length: ways - 1 }, (_, way) => [...taken.slice(0, index), way + 1]),
  );
};

const scheduleFor = (scenario: Scenario): Schedule => ({
  seed: 0,
  initial: scenario.initial,
  requests: [],
  deliveries: [],
  workers: scenario.lanes.length,
  cellsPerEntry: scenario.cellsPerEntry,
  isHot: scenario.isHot === true,
  hasBaskets: scenario.hasBaskets === true,
  msPerStep: scenario.hasBaskets === true ? 30_000 : 10,
  skews: [0, 7_000, -7_000],
  faults: scenario.crashes,
});

type Explored = { readonly runs: number; readonly failing: number; readonly isComplete: boolean };

const SIDE_BY_SIDE = 64;

export const explore = async (scenario: Scenario, make: MakeSystem, limit: number): Promise<Explored> => {
  const schedule = scheduleFor(scenario);
  const paths: (readonly number[])[] = [[]];
  let runs = 0;
  let failing = 0;
  while (paths.length > 0 && runs < limit) {
    const batch = paths.splice(-SIDE_BY_SIDE).map((path) => {
      const { choices, forks } = enumeratedChoices(path, scenario.crashes);
      return { path, forks, world: new World(schedule, make, choices, { lanes: scenario.lanes }) };
    });
    for (let open = batch; open.length > 0;) {
      open = open.filter(({ world }) => world.step());
      await settle();
    }
    for (const { path, forks, world } of batch) {
      runs += 1;
      if (!isClean(judge(world, schedule))) failing += 1;
      paths.push(...otherPaths(path, forks));
    }
  }
  return { runs, failing, isComplete: paths.length === 0 };
};

/** No scenario may be cut off: one that has more interleavings than this is too large to be called exhaustive. */
const LIMIT = 3_000_000;
const NAIVE_LIMIT = 2_000;

/** I1.exhaustive: every interleaving of the scenarios, each with every place to die at. */
export const measureExhaustive = async (options: BenchOptions): Promise<Measure> => {
  const scenarios = SCENARIOS.filter(({ isLarge }) => !(options.quick && isLarge === true));
  const parts: string[] = [];
  let runs = 0;
  let failing = 0;
  let naive = 0;
  for (const scenario of scenarios) {
    const explored = await explore(scenario, makeOwnSystem, LIMIT);
    if (!explored.isComplete) throw new Error(`not explored completely: ${scenario.name}`);
    naive += (await explore(scenario, makeNaiveSystem, NAIVE_LIMIT)).failing;
    runs += explored.runs;
    failing += explored.failing;
    parts.push(`${scenario.name}: ${explored.runs}`);
    options.progress(
      `I1.exhaustive ${scenario.name}: ${explored.runs} interleavings, ${explored.failing} fail`,
    );
  }
  return measure({
    id: 'I1.exhaustive',
    value: failing,
    unit: 'interleavings',
    goal: '= 0',
    n: runs,
    seed: options.seed,
    peers: { naive },
    note: `interleavings of calls, complete. ${parts.join('; ')}. Naive: of the first ${NAIVE_LIMIT} each`,
  });
};
