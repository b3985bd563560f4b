/** A small seeded generator (mulberry32): the same seed gives the same instances on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** Whole number in [0, below). */
  readonly below: (limit: number) => number;
  /** Exponential with this mean. */
  readonly exponential: (mean: number) => number;
  /** Poisson with this mean; from 50 on its normal approximation. */
  readonly poisson: (mean: number) => number;
}

export const makeRandom = (seed: number): Random => {
  let state = (seed * 2654435761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson: (mean) => {
      if (mean >= 50) {
        const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
      }
      let count = -1;
      for (let time = 0; time <= mean; count += 1) time -= Math.log(1 - next());
      return count;
    },
  };
};
