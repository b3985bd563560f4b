import type { SourcingLine } from '../instance.ts';

/** What an order's line is tied to: a group that ships from one node in whole, a kit of which only whole ones ship. */
export type Tie = {
  readonly group?: string | undefined;
  readonly kit?: { readonly kitId: string; readonly perKit: number } | undefined;
};

/** Demand that moves as one: a unit of a product, a kit, or all that is kept together. */
export type Lot = {
  readonly wanted: number;
  /** Units of each SKU in one of them. */
  readonly uses: readonly { readonly sku: string; readonly units: number }[];
  /** Units of each line (by its index) in one; `null`: the lines get theirs one after the other. */
  readonly parts: readonly { readonly line: number; readonly units: number | null }[];
  readonly units: number;
};

type Part = { readonly line: number; readonly sku: string; readonly units: number };

const lotOf = (wanted: number, parts: readonly Part[]): Lot => {
  const uses = new Map<string, number>();
  for (const { sku, units } of parts) uses.set(sku, (uses.get(sku) ?? 0) + units);
  return {
    wanted,
    uses: [...uses].map(([sku, units]) => ({ sku, units })),
    parts: parts.map(({ line, units }) => ({ line, units })),
    units: parts.reduce((sum, { units }) => sum + units, 0),
  };
};

/** Lines that hang together through groups and kits, by the first of them. */
const clustersOf = (ties: readonly Tie[]): ReadonlyMap<number, readonly number[]> => {
  const root = ties.map((_, index) => index);
  const first = new Map<string, number>();
  const join = (index: number, key: string): void => {
    const [one, other] = [root[index] ?? index, root[first.get(key) ?? index] ?? index];
    first.set(key, index);
    const [from, to] = [Math.max(one, other), Math.min(one, other)];
    root.forEach((known, at) => {
      if (known === from) root[at] = to;
    });
  };
  ties.forEach(({ group, kit }, index) => {
    if (group !== undefined) join(index, `group ${group}`);
    if (kit !== undefined) join(index, `kit ${kit.kitId}`);
  });
  const clusters = new Map<number, number[]>();
  root.forEach((to, index) => clusters.set(to, [...(clusters.get(to) ?? []), index]));
  return clusters;
};

/** The kits that these lines make, and the units that are over: what is left of a kit that was broken already. */
const kitLots = (lines: readonly SourcingLine[], ties: readonly Tie[], members: readonly number[]) => {
  const parts = members.map((line) => ({
    line,
    sku: lines[line]?.sku ?? '',
    quantity: lines[line]?.quantity ?? 0,
    units: ties[line]?.kit?.perKit ?? 1,
  }));
  const kits = Math.min(...parts.map(({ quantity, units }) => Math.floor(quantity / units)));
  return {
    lots: kits === 0 ? [] : [lotOf(kits, parts)],
    over: parts.flatMap(({ line, sku, quantity, units }) =>
      quantity > kits * units ? [{ line, sku, units: quantity - kits * units }] : [],
    ),
  };
};

/** Loose units are one lot for each product, or for each line where lines are looked at one by one. */
const looseLots = (loose: readonly Part[], byLine: boolean): readonly Lot[] => {
  const gathered = new Map<string, Part[]>();
  for (const part of loose) {
    const key = byLine ? `${part.line}` : part.sku;
    gathered.set(key, [...(gathered.get(key) ?? []), part]);
  }
  return [...gathered.values()].map((parts) => ({
    wanted: parts.reduce((sum, { units }) => sum + units, 0),
    uses: [{ sku: parts[0]?.sku ?? '', units: 1 }],
    parts: parts.map(({ line }) => ({ line, units: null })),
    units: 1,
  }));
};

/**
 * Gathers lines into lots; `ties[i]` belongs to line i. A kit with a line that is kept together is kept together as a
 * whole, since a line in whole takes all of its kits with it.
 */
export const gatherLots = (
  lines: readonly SourcingLine[],
  ties: readonly Tie[],
  byLine: boolean,
): readonly Lot[] => {
  const tied: Lot[] = [];
  const loose: Part[] = [];
  for (const members of clustersOf(ties).values()) {
    const parts = members.flatMap((line): readonly Part[] => {
      const { sku, quantity } = lines[line] ?? { sku: '', quantity: 0 };
      return quantity === 0 ? [] : [{ line, sku, units: quantity }];
    });
    if (members.some((line) => ties[line]?.group !== undefined)) {
      if (parts.length > 0) tied.push(lotOf(1, parts));
    } else if (members.some((line) => ties[line]?.kit !== undefined)) {
      const { lots, over } = kitLots(lines, ties, members);
      tied.push(...lots);
      loose.push(...over);
    } else loose.push(...parts);
  }
  return [...tied, ...looseLots(loose, byLine)];
};
