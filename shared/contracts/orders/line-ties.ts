import type * as z from 'zod';

type TiedLine = {
  readonly lineId: string;
  readonly quantity: number;
  readonly kit?: { readonly kitId: string; readonly perKit: number } | undefined;
};
type Check = (lines: readonly TiedLine[], context: z.RefinementCtx) => void;

/**
 * Refuses lines of which no whole kits can be made: a quantity that is no multiple of `perKit`, components that make
 * different numbers of one kit. Each fault names its line.
 */
export const kitsAddUp: Check = (lines, context) => {
  const kits = new Map<string, { readonly lineId: string; readonly count: number }>();
  lines.forEach(({ lineId, quantity, kit }, index) => {
    if (kit === undefined) return;
    const { kitId, perKit } = kit;
    const refuse = (message: string): void =>
      context.addIssue({ code: 'custom', path: [index, 'kit'], message });
    const count = quantity / perKit;
    const known = kits.get(kitId);
    if (!Number.isInteger(count)) refuse(`${quantity} units make no whole number of kits of ${perKit}`);
    else if (known === undefined) kits.set(kitId, { lineId, count });
    else if (known.count !== count)
      refuse(`makes ${count} of kit ${kitId}, line ${known.lineId} makes ${known.count}`);
  });
};

/** Refuses two lines under one id, which could be tied to two different things. */
export const lineIdsDiffer: Check = (lines, context) => {
  const ids = new Set<string>();
  lines.forEach(({ lineId }, index) => {
    if (ids.has(lineId))
      context.addIssue({
        code: 'custom',
        path: [index, 'lineId'],
        message: `line ${lineId} is there already`,
      });
    ids.add(lineId);
  });
};
