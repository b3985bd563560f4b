import {
  costOfPlans,
  InstanceSolver,
  solveInstance,
  type OrderPlan,
  type SourcingInstance,
  type SourcingSolution,
} from '../../../shared/sourcing/index.ts';
import { isWanted, mean, measure, type Measure } from '../measures.ts';
import { exactOneByOne, nearestFirst } from './baselines.ts';
import type { SourcingBench } from './context.ts';
import { generateBatch } from './generate.ts';

/** Order decisions between looks at the clock. */
const SLICE = 250;
/** Decisions spent on a bound for R3 after the clock has stopped. */
const BOUND_WORK = 300_000;

const solveWithin = (instance: SourcingInstance, seconds: number, seed: number): SourcingSolution => {
  const started = performance.now();
  const spent = (): number => (performance.now() - started) / 1000 / seconds;
  const solver = new InstanceSolver(instance, { seed });
  do solver.advance(Math.min(1, spent()), SLICE);
  while (!solver.isProven && spent() < 1);
  return solver.solution();
};

const costOf = (instance: SourcingInstance, plans: readonly OrderPlan[]): number => {
  const cost = costOfPlans(instance, plans);
  if (!cost.ok) throw new Error(`${cost.refusal.path} ${cost.refusal.problem}`);
  return cost.value;
};

const SIZE = { orders: 200, lines: 3, nodes: 20 } as const;

export const measureBatch = (bench: SourcingBench): readonly Measure[] => {
  const { options, geography } = bench;
  const n = options.quick ? 4 : 20;
  const gaps = {
    half: [] as number[],
    tenth: [] as number[],
    nearest: [] as number[],
    oneByOne: [] as number[],
  };
  const highsTenth: number[] = [];
  const proofs: number[] = [];
  const bounds: number[] = [];
  solveWithin(generateBatch(geography, SIZE, 9_999), 1, 1);
  for (let i = 0; i < n && isWanted(options, 'R2.gap'); i += 1) {
    const instance = generateBatch(geography, SIZE, options.seed * 1000 + i);
    const proof = bench.highs.solve(instance);
    if (!proof.isOptimal) throw new Error('HiGHS gave no proof');
    const gap = (cost: number): number => (cost - proof.cost) / proof.cost;
    const half = solveWithin(instance, proof.seconds / 2, options.seed);
    gaps.half.push(gap(half.cost));
    bounds.push((proof.cost - half.bound) / proof.cost);
    gaps.tenth.push(gap(solveWithin(instance, proof.seconds / 10, options.seed).cost));
    gaps.nearest.push(gap(costOf(instance, nearestFirst(instance))));
    gaps.oneByOne.push(gap(costOf(instance, exactOneByOne(instance))));
    highsTenth.push(gap(bench.highs.solve(instance, { seconds: proof.seconds / 10 }).cost));
    proofs.push(proof.seconds);
    options.progress(
      `R2 ${i + 1} of ${n}: HiGHS ${proof.seconds.toFixed(2)} s; gaps ${[gaps.half, gaps.tenth].map((g) => ((g.at(-1) ?? 0) * 100).toFixed(3)).join(' and ')} %`,
    );
  }
  const seed = options.seed;
  const found = highsTenth.filter(Number.isFinite).length;
  const note = `${geography.source}; HiGHS proves (relative gap 0) in ${mean(proofs).toFixed(2)} s on average; mean distance of our own bound at half time ${(100 * mean(bounds)).toFixed(2)} %`;
  const peers = { 'nearest first': mean(gaps.nearest), 'exact one by one': mean(gaps.oneByOne) };
  const measures: Measure[] = [];
  if (isWanted(options, 'R2.gap')) {
    measures.push(
      measure({
        id: 'R2.gapHalf',
        value: mean(gaps.half),
        unit: 'of optimum',
        goal: '<= 0.0010',
        n,
        seed,
        peers,
        note,
      }),
      measure({
        id: 'R2.gapTenth',
        value: mean(gaps.tenth),
        unit: 'of optimum',
        goal: '<= 0.005',
        n,
        seed,
        peers,
        note: `${geography.source}; HiGHS itself has a plan after the same tenth in ${found} of ${n}`,
      }),
    );
  }
  const instance = generateBatch(geography, SIZE, options.seed);
  const [first, again] = [1, 2].map(() => JSON.stringify(solveInstance(instance, { seed, work: 20_000 })));
  measures.push(
    measure({
      id: 'R2.deterministic',
      value: first === again ? 1 : 0,
      unit: 'same plan',
      goal: '= 1',
      n: 2,
      seed,
      note: '20,000 order decisions twice, compared byte by byte',
    }),
  );
  return measures;
};

export const measureLargeBatch = (bench: SourcingBench): readonly Measure[] => {
  const { options, geography } = bench;
  const limit = options.quick ? 60 : 240;
  const instance = generateBatch(geography, { orders: 1000, lines: 3, nodes: 20 }, options.seed);
  solveWithin(generateBatch(geography, SIZE, 9_999), 1, 1);
  const own = solveWithin(instance, limit / 40, options.seed);
  options.progress(
    `R3 own: cost ${own.cost.toFixed(2)}, bound ${own.bound.toFixed(2)}; HiGHS has ${limit} s now`,
  );
  const peer = bench.highs.solve(instance, { seconds: limit });
  const pricing = new InstanceSolver(instance, { seed: options.seed });
  while (!pricing.isProven && pricing.work < BOUND_WORK) pricing.advance(0, 10_000);
  const bound = Math.max(own.bound, pricing.bound, peer.bound);
  const gap = (cost: number): number => (cost - bound) / bound;
  return [
    measure({
      id: 'R3.gap',
      value: gap(own.cost),
      unit: 'of best bound',
      goal: '<= 0.014',
      n: 1,
      seed: options.seed,
      peers: {
        'HiGHS in 40 times the time': gap(peer.cost),
        'nearest first': gap(costOf(instance, nearestFirst(instance))),
        'exact one by one': gap(costOf(instance, exactOneByOne(instance))),
      },
      note: `${geography.source}; 1,000 orders x 3 lines x 20 nodes, ${limit / 40} s against ${limit} s; bounds: own ${own.bound.toFixed(1)} in that time and ${pricing.bound.toFixed(1)} after ${BOUND_WORK} decisions, HiGHS ${peer.bound.toFixed(1)}`,
    }),
  ];
};
