import type { Cell } from './cell.ts';

/**
 * What can be counted on at a cell: units that are not promised (`freeOf`; a shortage is made up for first) and all that
 * may still come there, whenever it does. A freeze moves no unit and is no reason to buy.
 */
export type NetPosition = { readonly free: number; readonly inbound: number };

/**
 * When a cell is to be reordered. `isArmed`: its net position has been above the point since it was last at or below
 * it; the next fall is a crossing. `crossings` counts them, `version` the changes of this document.
 */
export type ReorderPoint = Cell & {
  /** Absent: nothing is watched any more. */
  readonly reorderPoint?: number;
  readonly isArmed: boolean;
  readonly crossings: number;
  readonly version: number;
  /** How far free units have to fall for the net position to reach the point; the cell's position carries it, too. */
  readonly reorderAt?: number;
};

export const netOf = ({ free, inbound }: NetPosition): number => free + inbound;

const newReorderPoint = ({ sku, nodeId }: Cell): ReorderPoint => ({
  sku,
  nodeId,
  isArmed: true,
  crossings: 0,
  version: 0,
});

export type ReorderDecision = { readonly after: ReorderPoint; readonly isCrossed: boolean };

/**
 * Judges a cell by its net position as it is now, with the point as it was (`setTo` absent) or as it is to be. At or
 * below the point is a crossing, once; one unit above it arms the point again. Undefined: nothing changes.
 */
export const judgeReorderPoint = (
  cell: Cell,
  known: ReorderPoint | undefined,
  net: NetPosition,
  setTo?: { readonly reorderPoint: number | undefined },
): ReorderDecision | undefined => {
  if (known === undefined && setTo?.reorderPoint === undefined) return undefined;
  const before = known ?? newReorderPoint(cell);
  const reorderPoint = setTo === undefined ? before.reorderPoint : setTo.reorderPoint;
  const reorderAt = reorderPoint === undefined ? undefined : reorderPoint - net.inbound;
  const isLow = reorderPoint !== undefined && netOf(net) <= reorderPoint;
  const isCrossed = isLow && before.isArmed;
  const isSame =
    isLow === !before.isArmed && reorderPoint === before.reorderPoint && reorderAt === before.reorderAt;
  if (isSame) return undefined;
  return {
    isCrossed,
    after: {
      sku: cell.sku,
      nodeId: cell.nodeId,
      isArmed: !isLow,
      crossings: before.crossings + (isCrossed ? 1 : 0),
      version: before.version + 1,
      ...(reorderPoint !== undefined && { reorderPoint }),
      ...(reorderAt !== undefined && { reorderAt }),
    },
  };
};
