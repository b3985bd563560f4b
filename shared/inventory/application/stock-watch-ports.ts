import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from '../domain/cell.ts';
import type { NetPosition, ReorderDecision, ReorderPoint } from '../domain/reorder-point.ts';
import type { Shelf } from '../domain/shelf.ts';

/** Reorder points, one a cell. `save` writes the document, the level on the position and the fact of a crossing together. */
export type ReorderPoints = {
  readonly find: (cell: Cell) => Promise<ReorderPoint | undefined>;
  /** False when somebody else changed it meanwhile. */
  readonly save: (decision: ReorderDecision, net: NetPosition, at: Instant) => Promise<boolean>;
};

/** Shelves, one a SKU that ran out at least once. `save` writes it and the fact of a return together. */
export type Shelves = {
  readonly find: (sku: Sku) => Promise<Shelf | undefined>;
  /** False when somebody else changed it meanwhile. */
  readonly save: (
    shelf: Shelf,
    known: Shelf | undefined,
    back: { readonly available: number } | undefined,
    at: Instant,
  ) => Promise<boolean>;
};

/** Units that are on their way to a cell, whenever they come. */
export type ReadInbound = (cell: Cell) => Promise<number>;
