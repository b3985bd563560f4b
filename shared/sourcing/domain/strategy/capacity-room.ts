import { roomUnder, takenToday, type Load } from '../capacity/load.ts';
import { limitsUnder } from '../capacity/limits.ts';
import type { LineToSource, OfferedNode } from '../decision-inputs.ts';
import type { Rule } from './strategy.ts';

/** Products and units that one order may take from a node, besides what lies there; Infinity: as many as it wants. */
export type NodeRoom = Pick<Load, 'lines' | 'units'>;

const tighter = (one: NodeRoom, other: NodeRoom | undefined): NodeRoom => ({
  lines: Math.min(one.lines, other?.lines ?? Number.POSITIVE_INFINITY),
  units: Math.min(one.units, other?.units ?? Number.POSITIVE_INFINITY),
});

/** Units by product that the order would take if it could, of what lies there. */
const wantedOf = (
  lines: readonly LineToSource[],
  free: Readonly<Record<string, number>>,
): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of lines) {
    const held = Object.hasOwn(free, sku) ? (free[sku] ?? 0) : 0;
    const units = Math.min(held, (wanted.get(sku) ?? 0) + quantity);
    if (units > 0) wanted.set(sku, units);
  }
  return wanted;
};

/** What a node's day leaves for an order: nothing, or room, which may bind it. Undefined: the day sets no bound. */
export const roomLeft = (
  rule: Extract<Rule, { readonly type: 'capacity' }>,
  {
    node,
    free,
    room: before,
  }: {
    readonly node: OfferedNode;
    readonly free: Readonly<Record<string, number>>;
    readonly room?: NodeRoom | undefined;
  },
  lines: readonly LineToSource[],
): 'none' | { readonly room: NodeRoom; readonly binds: boolean } | undefined => {
  const left = roomUnder(limitsUnder(rule, node), takenToday(node));
  if (Math.min(left.orders, left.lines, left.units) < 1) return 'none';
  if (Math.min(left.lines, left.units) === Number.POSITIVE_INFINITY) return undefined;
  const wanted = wantedOf(lines, free);
  const units = [...wanted.values()].reduce((sum, quantity) => sum + quantity, 0);
  return {
    room: tighter({ lines: left.lines, units: left.units }, before),
    binds: wanted.size > left.lines || units > left.units,
  };
};
