import type { LotProblem } from './lot-problem.ts';

/**
 * A part of the plans that there are: how many of each lot a node ships at least and at most, how many stay missing at
 * least and at most, and which nodes ship for certain. The search halves boxes until their best plan keeps every limit.
 */
export type Box = {
  readonly least: readonly (readonly number[])[];
  readonly most: readonly (readonly number[])[];
  readonly leastMissing: readonly number[];
  readonly mostMissing: readonly number[];
  readonly ships: readonly boolean[];
  /** Nothing is missing. */
  readonly complete: boolean;
  /** Enough is missing to be worth a delivery of its own. */
  readonly leaves: boolean;
};

/** One side of a halving. */
export type Cut =
  | { readonly lot: number; readonly node: number; readonly least: number }
  | { readonly lot: number; readonly node: number; readonly most: number }
  | { readonly lot: number; readonly leastMissing: number }
  | { readonly lot: number; readonly mostMissing: number }
  | { readonly node: number; readonly ships: boolean }
  | { readonly remainder: 'none' | 'enough' };

export const wholeBox = ({ lots, most, shipmentCost, shipComplete }: LotProblem): Box => ({
  least: most.map((row) => row.map(() => 0)),
  most,
  leastMissing: lots.map(() => 0),
  mostMissing: lots.map(({ wanted }) => wanted),
  ships: shipmentCost.map(() => false),
  complete: shipComplete,
  leaves: false,
});

const replaced = <Value>(list: readonly Value[], at: number, value: Value): readonly Value[] =>
  list.map((known, index) => (index === at ? value : known));

const replacedAt = (
  table: readonly (readonly number[])[],
  lot: number,
  node: number,
  value: number,
): readonly (readonly number[])[] =>
  table.map((row, index) => (index === lot ? replaced(row, node, value) : row));

/** The plans of the box that the cut leaves. */
export const cutBox = (box: Box, cut: Cut): Box => {
  if ('remainder' in cut)
    return { ...box, complete: box.complete || cut.remainder === 'none', leaves: cut.remainder === 'enough' };
  if ('ships' in cut)
    return cut.ships
      ? { ...box, ships: replaced(box.ships, cut.node, true) }
      : { ...box, most: box.most.map((row) => replaced(row, cut.node, 0)) };
  if ('least' in cut) return { ...box, least: replacedAt(box.least, cut.lot, cut.node, cut.least) };
  if ('most' in cut) return { ...box, most: replacedAt(box.most, cut.lot, cut.node, cut.most) };
  return 'leastMissing' in cut
    ? { ...box, leastMissing: replaced(box.leastMissing, cut.lot, cut.leastMissing) }
    : { ...box, mostMissing: replaced(box.mostMissing, cut.lot, cut.mostMissing) };
};
