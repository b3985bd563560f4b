import { makeRandom } from '../../../shared/sourcing/index.ts';
import { isClean, judge, type Verdict } from './oracle.ts';
import { scheduleOf, type Narrowing } from './schedule.ts';
import { makeNaiveSystem, makeOwnSystem, type MakeSystem } from './stock-systems.ts';
import { FATES, World, type Choices, type Fate } from './world.ts';

export const SYSTEMS: Readonly<Record<'own' | 'naive', MakeSystem>> = {
  own: makeOwnSystem,
  naive: makeNaiveSystem,
};

/** One call in six goes wrong while there are faults left to inject. */
const FAULT_RATE = 1 / 6;

const seededChoices = (seed: number, faults: number): Choices => {
  const random = makeRandom(seed ^ 0x5bd1e995);
  let left = faults;
  return {
    pick: (count) => random.below(count),
    fate: (): Fate => {
      if (left === 0 || random.next() >= FAULT_RATE) return 'done';
      left -= 1;
      return FATES[random.below(FATES.length)] ?? 'done';
    },
  };
};

/** Lets every promise that can go on do so. */
export const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export type Run = { readonly seed: number; readonly verdict: Verdict; readonly steps: number };

/** No schedule needs so many calls: one that does goes round in circles, which is a fault of its own. */
const STEP_LIMIT = 5_000;

/** Runs the schedules of many seeds side by side: they share the turns of the event loop, nothing else. */
export const runSeeds = async (
  make: MakeSystem,
  seeds: readonly number[],
  narrowing: Narrowing = {},
): Promise<readonly Run[]> => {
  const runs = seeds.map((seed) => {
    const schedule = scheduleOf(seed, narrowing);
    return { seed, schedule, world: new World(schedule, make, seededChoices(seed, schedule.faults)) };
  });
  let open = runs;
  while (open.length > 0) {
    open = open.filter(({ world, seed }) => {
      if (world.steps > STEP_LIMIT) throw new Error(`schedule ${seed} does not end`);
      return world.step();
    });
    await settle();
  }
  return runs.map(({ seed, schedule, world }) => ({
    seed,
    steps: world.steps,
    verdict: judge(world, schedule),
  }));
};

export type Tally = {
  schedules: number;
  steps: number;
  oversold: number;
  stranded: number;
  doubled: number;
  failing: number;
  firstFailing: number | undefined;
};

export const emptyTally = (): Tally => ({
  schedules: 0,
  steps: 0,
  oversold: 0,
  stranded: 0,
  doubled: 0,
  failing: 0,
  firstFailing: undefined,
});

const SIDE_BY_SIDE = 64;

/** Runs `count` schedules from `firstSeed` on and adds up what went wrong, in units. */
export const tallySeeds = async (
  make: MakeSystem,
  firstSeed: number,
  count: number,
  progress: (done: number) => void = () => undefined,
): Promise<Tally> => {
  const tally = emptyTally();
  for (let start = 0; start < count; start += SIDE_BY_SIDE) {
    const seeds = Array.from(
      { length: Math.min(SIDE_BY_SIDE, count - start) },
      (_, index) => firstSeed + start + index,
    );
    for (const { seed, verdict, steps } of await runSeeds(make, seeds)) {
      tally.schedules += 1;
      tally.steps += steps;
      tally.oversold += verdict.oversold;
      tally.stranded += verdict.stranded;
      tally.doubled += verdict.doubled;
      if (!isClean(verdict)) {
        tally.failing += 1;
        tally.firstFailing ??= seed;
      }
    }
    progress(tally.schedules);
  }
  return tally;
};

/**
 * The smallest schedule that still fails, found by leaving out deliveries and faults one at a time until nothing more
 * can be left out.
 */
export const shrink = async (make: MakeSystem, seed: number): Promise<Narrowing> => {
  const fails = async (narrowing: Narrowing): Promise<boolean> =>
    (await runSeeds(make, [seed], narrowing)).some(({ verdict }) => !isClean(verdict));
  let keep = scheduleOf(seed).requests.map((_, index) => index);
  let faults = scheduleOf(seed).faults;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const index of keep) {
      const fewer = keep.filter((other) => other !== index);
      if (await fails({ keep: fewer, faults })) {
        keep = fewer;
        isSmaller = true;
        break;
      }
    }
    if (faults > 0 && (await fails({ keep, faults: faults - 1 }))) {
      faults -= 1;
      isSmaller = true;
    }
  }
  return { keep, faults };
};

/** Runs one schedule again, call by call, for reading. */
export const replay = async (
  make: MakeSystem,
  seed: number,
  narrowing: Narrowing,
): Promise<readonly string[]> => {
  const schedule = scheduleOf(seed, narrowing);
  const world = new World(schedule, make, seededChoices(seed, schedule.faults), { traces: true });
  while (world.step()) await settle();
  const verdict = judge(world, schedule);
  return [
    `initial ${schedule.initial.join(', ')}; faults ${schedule.faults}; cells per entry ${schedule.cellsPerEntry}`,
    ...world.trace,
    ...(isClean(verdict) ? ['clean'] : verdict.notes),
  ];
};
