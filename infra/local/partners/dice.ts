import { createHash } from 'node:crypto';

/** Decisions that follow from the seed and from what is decided on, never from the order in which things happen. */
export type Dice = {
  /** 0 <= share < 1, always the same for the same parts. */
  readonly share: (...parts: readonly (string | number)[]) => number;
  readonly happens: (rate: number, ...parts: readonly (string | number)[]) => boolean;
  /** Whole number, both ends included. */
  readonly between: (low: number, high: number, ...parts: readonly (string | number)[]) => number;
  readonly pick: <Choice>(
    choices: readonly [Choice, ...Choice[]],
    ...parts: readonly (string | number)[]
  ) => Choice;
};

export const makeDice = (seed: number | string): Dice => {
  const share: Dice['share'] = (...parts) =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...parts]))
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48;
  return {
    share,
    happens: (rate, ...parts) => share(...parts) < rate,
    between: (low, high, ...parts) => low + Math.floor(share(...parts) * (high - low + 1)),
    pick: (choices, ...parts) => choices[Math.floor(share(...parts) * choices.length)] ?? choices[0],
  };
};
