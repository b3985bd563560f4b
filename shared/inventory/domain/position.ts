import type { Cell } from './cell.ts';

/**
 * What is known of one cell, in whole units. `reserved` is the sum of the open reservations on it; `version` counts
 * its changes.
 */
export type Position = Cell & {
  readonly onHand: number;
  readonly reserved: number;
  readonly safetyStock: number;
  readonly version: number;
};

export const emptyPosition = ({ sku, nodeId }: Cell): Position => ({
  sku,
  nodeId,
  onHand: 0,
  reserved: 0,
  safetyStock: 0,
  version: 0,
});

/** Units that a new claim may take. Negative when a count or a raised safety stock left fewer than are claimed. */
export const freeOf = ({ onHand, reserved, safetyStock }: Omit<Position, keyof Cell | 'version'>): number =>
  onHand - reserved - safetyStock;

/** Units that may be offered: `freeOf`, never below 0. */
export const availableOf = (position: Omit<Position, keyof Cell | 'version'>): number =>
  Math.max(0, freeOf(position));
