import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from './cell.ts';

/** Why nothing of a cell is offered for now, whatever its counters say. */
export type Freeze = { readonly reason: string; readonly since: Instant };

/**
 * What is known of one cell, in whole units. `reserved` is the sum of the open reservations on it; `version` counts
 * its changes.
 */
export type Position = Cell & {
  readonly onHand: number;
  readonly reserved: number;
  readonly safetyStock: number;
  readonly version: number;
  /** Its figures are in doubt: nothing new is promised from here until somebody has looked. */
  readonly frozen?: Freeze;
};

export const emptyPosition = ({ sku, nodeId }: Cell): Position => ({
  sku,
  nodeId,
  onHand: 0,
  reserved: 0,
  safetyStock: 0,
  version: 0,
});

type Counters = Omit<Position, keyof Cell | 'version' | 'frozen'>;

/** Units that are not promised. Negative when a count or a raised safety stock left fewer than are claimed. */
export const freeOf = ({ onHand, reserved, safetyStock }: Counters): number =>
  onHand - reserved - safetyStock;

/** Units that may be offered and claimed: `freeOf`, never below 0; none of a frozen cell. */
export const availableOf = (position: Counters & Pick<Position, 'frozen'>): number =>
  position.frozen === undefined ? Math.max(0, freeOf(position)) : 0;
