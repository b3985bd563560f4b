/** The vocabulary of `npm run bench`: what an area hands back and what the runner prints. */

export interface Measure {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** Human and machine readable: `<= 0.02`, `>= 500`, `= 0`, `> 0`, or `reported` where no goal is set. */
  readonly goal: string;
  readonly holds: boolean;
  /** Sample size behind the value. */
  readonly n: number;
  readonly seed: number;
  /** The same figure, or the one stated in the note, of others in the same run. */
  readonly peers: Readonly<Record<string, number>>;
  readonly note: string;
}

export interface BenchOptions {
  /** Smaller samples; every measure says its own n. */
  readonly quick: boolean;
  readonly seed: number;
  /** Folder with the public data sets; absent = the area's own synthetic default. */
  readonly data: string | undefined;
  /** Only measures whose id starts with one of these; empty = all. */
  readonly only: readonly string[];
  /** Progress for people, on standard error. */
  readonly progress: (text: string) => void;
}

/** Every `test/bench/<area>/area.ts` exports `run` with this shape. */
export type RunArea = (options: BenchOptions) => Promise<readonly Measure[]>;

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<=': (value, limit) => value <= limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '>': (value, limit) => value > limit,
  '=': (value, limit) => value === limit,
};

/** Reads a goal such as `<= 0.02`. `reported` always holds; anything unreadable is a defect of the area. */
export const meetsGoal = (value: number, goal: string): boolean => {
  if (goal === 'reported') return Number.isFinite(value);
  const [operator = '', limit = ''] = goal.split(' ');
  const compare = COMPARISONS[operator];
  if (compare === undefined || limit === '' || Number.isNaN(Number(limit))) {
    throw new Error(`a goal reads "<operator> <number>" or "reported", not "${goal}"`);
  }
  return Number.isFinite(value) && compare(value, Number(limit));
};

export const measure = (facts: {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly n: number;
  readonly seed: number;
  readonly peers?: Readonly<Record<string, number>>;
  readonly note?: string;
}): Measure => ({
  ...facts,
  holds: meetsGoal(facts.value, facts.goal),
  peers: facts.peers ?? {},
  note: facts.note ?? '',
});

/** True when `id` was asked for: `--only R1` asks for every R1 measure. */
export const isWanted = (options: BenchOptions, id: string): boolean =>
  options.only.length === 0 || options.only.some((prefix) => id.startsWith(prefix));

/** The p-quantile (0..1) by the nearest-rank rule; NaN for no values. */
export const quantile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
