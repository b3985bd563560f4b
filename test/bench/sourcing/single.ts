import {
  chooseNodes,
  tableOf,
  type NodeChoiceRequest,
  type SourcingInstance,
} from '../../../shared/sourcing/index.ts';
import { measure, median, quantile, type Measure } from '../measures.ts';
import type { SourcingBench } from './context.ts';
import { generateSingle } from './generate.ts';

const BLOCK = 100;
/** Orders decided before the clock counts, so that the compiler has settled. */
const WARM_UP = 500;
const MICROSECONDS = 1e6;

const requestOf = (instance: SourcingInstance): NodeChoiceRequest => {
  const order = instance.orders[0];
  if (order === undefined) throw new Error('the generator made no order');
  const stock = new Map<string, [string, number][]>();
  for (const row of instance.stock)
    stock.set(row.node, [...(stock.get(row.node) ?? []), [row.sku, row.quantity]]);
  const candidates = order.arcs.map((arc) => ({
    ...arc,
    unitCosts: tableOf(Object.entries(arc.unitCosts)),
    stock: tableOf(stock.get(arc.node) ?? []),
  }));
  return { ...order, candidates };
};

/**
 * From request to plan, as the live system asks; nothing is compiled beforehand. The shortest of three calls, ours
 * and GLPK's alike, since a call of some microseconds is otherwise a measure of who else uses the processor.
 */
const CALLS = 3;

const timeOwn = (request: NodeChoiceRequest): { readonly cost: number; readonly seconds: number } => {
  let seconds = Number.POSITIVE_INFINITY;
  let cost = 0;
  for (let call = 0; call < CALLS; call += 1) {
    const started = performance.now();
    cost = chooseNodes(request).cost.total;
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
  }
  return { cost, seconds };
};

const timeGlpk = (bench: SourcingBench, instance: SourcingInstance): number =>
  Math.min(...Array.from({ length: CALLS }, () => bench.glpk(instance).seconds));

const differs = (a: number, b: number): boolean => Math.abs(a - b) > 1e-6 * Math.max(1, Math.abs(b));

interface SizeRun {
  readonly own: number[];
  readonly highs: number[];
  readonly glpk: number[];
  readonly mismatches: number;
}

/** Own decisions run block by block, each order once; peers solve the same orders in the same run. */
const runSize = (
  bench: SourcingBench,
  size: { readonly lines: number; readonly nodes: number; readonly n: number; readonly peers: number },
): SizeRun => {
  const { options, geography } = bench;
  const run: SizeRun & { mismatches: number } = { own: [], highs: [], glpk: [], mismatches: 0 };
  for (let i = 0; i < WARM_UP; i += 1) timeOwn(requestOf(generateSingle(geography, size, 1_000_000 + i)));
  for (let from = 0; from < size.n; from += BLOCK) {
    const block = Array.from({ length: Math.min(BLOCK, size.n - from) }, (_, i) =>
      generateSingle(geography, size, options.seed * 100_000 + from + i),
    );
    const requests = block.map(requestOf);
    const answers = requests.map(timeOwn);
    answers.forEach((own, i) => {
      run.own.push(own.seconds);
      const instance = block[i];
      if (instance === undefined || from + i >= size.peers) return;
      const highs = bench.highs.solve(instance);
      run.highs.push(highs.seconds);
      run.glpk.push(timeGlpk(bench, instance));
      if (differs(own.cost, highs.cost)) run.mismatches += 1;
    });
    if (from % 1000 === 0)
      options.progress(`R1 ${size.lines} x ${size.nodes}: ${from + block.length} of ${size.n}`);
  }
  return run;
};

export const measureSingleOrders = (bench: SourcingBench): readonly Measure[] => {
  const n = bench.options.quick ? 500 : 10_000;
  const run = runSize(bench, { lines: 5, nodes: 20, n, peers: n });
  const own = median(run.own);
  const { seed } = bench.options;
  const note = `${bench.geography.source}; own median ${(own * MICROSECONDS).toFixed(1)} us from request to plan; peers: their solver's run alone`;
  const ratio = (peer: readonly number[]): number => median(peer) / own;
  return [
    measure({
      id: 'R1.mismatches',
      value: run.mismatches,
      unit: 'orders',
      goal: '= 0',
      n,
      seed,
      note: `5 lines x 20 nodes; ${bench.geography.source}; HiGHS with relative gap 0`,
    }),
    measure({
      id: 'R1.speedupHiGHS',
      value: ratio(run.highs),
      unit: 'x',
      goal: '>= 500',
      n,
      seed,
      peers: { 'HiGHS us': median(run.highs) * MICROSECONDS },
      note,
    }),
    measure({
      id: 'R1.speedupGLPK',
      value: ratio(run.glpk),
      unit: 'x',
      goal: '>= 25',
      n,
      seed,
      peers: { 'GLPK us': median(run.glpk) * MICROSECONDS },
      note,
    }),
  ];
};

export const measureLargeOrders = (bench: SourcingBench): readonly Measure[] => {
  const { quick, seed } = bench.options;
  const n = quick ? 300 : 2_000;
  const peers = quick ? 8 : 60;
  const run = runSize(bench, { lines: 10, nodes: 200, n, peers });
  const own = median(run.own);
  const note = `${bench.geography.source}; own median ${(own * MICROSECONDS).toFixed(0)} us`;
  return [
    measure({
      id: 'R1.speedupGLPK10x200',
      value: median(run.glpk) / own,
      unit: 'x',
      goal: '>= 100',
      n: peers,
      seed,
      peers: { 'GLPK us': median(run.glpk) * MICROSECONDS, 'speedup over HiGHS': median(run.highs) / own },
      note: `${note}; ${run.mismatches} of ${peers} differ from HiGHS`,
    }),
    measure({
      id: 'R1.tail',
      value: quantile(run.own, 0.99) / own,
      unit: 'p99 / median',
      goal: '<= 10',
      n,
      seed,
      peers: { 'GLPK max / median': Math.max(...run.glpk) / median(run.glpk) },
      note,
    }),
  ];
};
