import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { measure, type BenchOptions, type Measure } from '../measures.ts';
import { emptyTally, shrink, SYSTEMS, type Tally } from './run-schedules.ts';
import { tokenOf } from './schedule.ts';

const SCHEDULES = { full: 1_000_000, quick: 20_000 };
/** The naive peer fails in every other schedule; a part of the same seeds shows that as well as all of them. */
const NAIVE_SHARE = 0.05;

type Message = { readonly done?: number; readonly tally?: Tally };

const inThread = (
  system: 'own' | 'naive',
  firstSeed: number,
  count: number,
  progress: (done: number) => void,
): Promise<Tally> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./schedule-worker.ts', import.meta.url), {
      workerData: { system, firstSeed, count },
    });
    worker.on('message', ({ done, tally }: Message) => {
      if (done !== undefined) progress(done);
      if (tally !== undefined) resolve(tally);
    });
    worker.on('error', reject);
  });

const sum = (tallies: readonly Tally[]): Tally => {
  const total = emptyTally();
  for (const tally of tallies) {
    total.schedules += tally.schedules;
    total.steps += tally.steps;
    total.oversold += tally.oversold;
    total.stranded += tally.stranded;
    total.doubled += tally.doubled;
    total.failing += tally.failing;
    total.firstFailing ??= tally.firstFailing;
  }
  return total;
};

const runAll = async (
  system: 'own' | 'naive',
  firstSeed: number,
  count: number,
  say: (text: string) => void,
): Promise<Tally> => {
  const threads = Math.max(1, Math.min(availableParallelism(), 8));
  const share = Math.ceil(count / threads);
  const done = new Array<number>(threads).fill(0);
  let told = 0;
  const tallies = await Promise.all(
    done.map((_, index) => {
      const start = firstSeed + index * share;
      return inThread(system, start, Math.min(share, firstSeed + count - start), (so) => {
        done[index] = so;
        const all = done.reduce((a, b) => a + b, 0);
        if (all - told >= count / 20) {
          told = all;
          say(`I1 ${system}: ${all.toLocaleString('en')} of ${count.toLocaleString('en')} schedules`);
        }
      });
    }),
  );
  return sum(tallies);
};

const failingToken = async (system: 'own' | 'naive', tally: Tally): Promise<string> => {
  if (tally.firstFailing === undefined) return '';
  return tokenOf(tally.firstFailing, await shrink(SYSTEMS[system], tally.firstFailing));
};

/** I1: what goes wrong, in units, over seeded fault schedules; the naive peer runs a part of the same seeds. */
export const measureFaultSchedules = async (options: BenchOptions): Promise<readonly Measure[]> => {
  const count = options.quick ? SCHEDULES.quick : SCHEDULES.full;
  const firstSeed = options.seed * 10_000_000;
  const own = await runAll('own', firstSeed, count, options.progress);
  const naive = await runAll('naive', firstSeed, Math.ceil(count * NAIVE_SHARE), options.progress);
  const ownToken = await failingToken('own', own);
  const naiveToken = await failingToken('naive', naive);
  const note = [
    `${own.steps} calls to the table; naive: ${naive.failing} of its ${naive.schedules} schedules fail`,
    ownToken === '' ? '' : `fails: replay own ${ownToken}`,
    naiveToken === '' ? '' : `naive shrinks to: replay naive ${naiveToken}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
  return (['oversold', 'stranded', 'doubled'] as const).map((id) =>
    measure({
      id: `I1.${id}`,
      value: own[id],
      unit: 'units',
      goal: '= 0',
      n: own.schedules,
      seed: options.seed,
      peers: { naive: naive[id] },
      note,
    }),
  );
};
