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

/** How many whole kits the lines make; what is left of one that was broken before may make none. */
const kitCounts = (lines: readonly SourcingLine[], ties: readonly Tie[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  lines.forEach(({ quantity }, line) => {
    const kit = ties[line]?.kit;
    if (kit === undefined) return;
    const count = Math.floor(quantity / kit.perKit);
    counts.set(kit.kitId, Math.min(count, counts.get(kit.kitId) ?? count));
  });
  return counts;
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
 * Gathers lines into lots; `ties[i]` belongs to line i. The kits that a line in a group is part of go with that group,
 * since the line in whole takes them with it. Units beyond whole kits are loose.
 */
export const gatherLots = (
  lines: readonly SourcingLine[],
  ties: readonly Tie[],
  byLine: boolean,
): readonly Lot[] => {
  const counts = kitCounts(lines, ties);
  const countOf = (line: number): number => counts.get(ties[line]?.kit?.kitId ?? '') ?? 0;
  const binding = ties.map(({ group, kit }, line) => ({ group, kit: countOf(line) > 0 ? kit : undefined }));
  const tied: Lot[] = [];
  const loose: Part[] = [];
  for (const members of clustersOf(binding).values()) {
    const isGrouped = members.some((line) => binding[line]?.group !== undefined);
    const parts = members.flatMap((line): readonly (Part & { readonly perKit: number })[] => {
      const { sku, quantity } = lines[line] ?? { sku: '', quantity: 0 };
      const { group, kit } = binding[line] ?? {};
      const perKit = kit?.perKit ?? 0;
      const units = group === undefined ? countOf(line) * perKit : quantity;
      if (quantity > units) loose.push({ line, sku, units: quantity - units });
      return units > 0 ? [{ line, sku, units, perKit }] : [];
    });
    const [first] = parts;
    if (first === undefined) continue;
    tied.push(
      isGrouped
        ? lotOf(1, parts)
        : lotOf(
            countOf(first.line),
            parts.map(({ perKit, ...part }) => ({ ...part, units: perKit })),
          ),
    );
  }
  return [...tied, ...looseLots(loose, byLine)];
};
