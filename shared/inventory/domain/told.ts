import type { Instant } from '../../kernel/instant.ts';
import type { Position } from './position.ts';

/** The last absolute figure that a cell was set to: by a snapshot, or by somebody who counted. */
export type Told = {
  /** When the node had that many. What it tells of an earlier moment is stale. */
  readonly asOf: Instant;
  /** Which piece of which feed, or which count, said so. */
  readonly by: string;
  /** What on hand was corrected by. */
  readonly difference: number;
  /** The version that the position had then; while it has it still, nothing has moved since. */
  readonly version?: number;
};

/** How much a cell's figures have been off lately; see `scoreDrift`. */
export type DriftScore = { readonly score: number; readonly at: Instant };

/** A position with what feeds have to know of it besides. */
export type ToldPosition = Position & {
  readonly changedAt: Instant;
  readonly told?: Told;
  readonly drift?: DriftScore;
};
