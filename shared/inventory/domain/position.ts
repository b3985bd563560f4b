import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from './cell.ts';

/** Why nothing of a cell is offered for now, whatever its counters say. */
export type Freeze = { readonly reason: string; readonly since: Instant };

/**
 * What is counted of one cell, in whole units. Units are in one of three places: on hand, in quarantine (at the node,
 * not for sale), or in transit to it; the other three say what units on hand are kept for.
 */
export type Counters = {
  readonly onHand: number;
  /** The sum of the open reservations. */
  readonly reserved: number;
  readonly safetyStock: number;
  /** At the node, damaged or under examination: beside on hand, not within it. */
  readonly quarantined: number;
  /** Have left another node for this one. */
  readonly inTransit: number;
  /** Units that routing leaves alone unless the order's strategy opens the ring-fence; they stay available. */
  readonly ringFence: number;
};

/** Units that baskets hold, and the instant from which they no longer count. */
export type SoftUnits = { readonly until: Instant; readonly units: number };

/** What is known of one cell; `version` counts its changes. */
export type Position = Cell &
  Counters & {
    readonly version: number;
    /** Its figures are in doubt: nothing new is promised from here until somebody has looked. */
    readonly frozen?: Freeze;
    /** What is stored cannot be read, and why: the counters are unknown and stand at none, which is not zero. */
    readonly problem?: string;
    /** The part of `reserved` that expires by itself; absent where no basket ever held anything. */
    readonly soft?: readonly SoftUnits[];
    /** What expired up to here has been taken off; no soft claim may end at or before it any more. */
    readonly lapsedTo?: Instant;
  };

export const NO_UNITS: Counters = {
  onHand: 0,
  reserved: 0,
  safetyStock: 0,
  quarantined: 0,
  inTransit: 0,
  ringFence: 0,
};

export const emptyPosition = ({ sku, nodeId }: Cell): Position => ({
  sku,
  nodeId,
  ...NO_UNITS,
  version: 0,
});

type Promisable = Pick<Counters, 'onHand' | 'reserved' | 'safetyStock'>;

/** Units that are not promised. Negative when a count or a raised safety stock left fewer than are claimed. */
export const freeOf = ({ onHand, reserved, safetyStock }: Promisable): number =>
  onHand - reserved - safetyStock;

/** Units that may be offered and claimed: `freeOf`, never below 0; none of a frozen cell. */
export const availableOf = (position: Promisable & Pick<Position, 'frozen'>): number =>
  position.frozen === undefined ? Math.max(0, freeOf(position)) : 0;
