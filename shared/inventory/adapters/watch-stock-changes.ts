import * as z from 'zod';
import { inBatches } from '../../platform/in-batches.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { Sku } from '../../kernel/ids.ts';
import { cellKey, type Cell } from '../domain/cell.ts';
import { availableOf } from '../domain/position.ts';
import { positionFrom, type TableItem } from './stock-items.ts';

/** Beside the counters: how far available may fall before a reorder point is reached. */
const level = z.object({ reorderAt: z.int().optional() });

const isLow = (image: TableItem, available: number): boolean => {
  const { reorderAt } = level.parse(image);
  return reorderAt !== undefined && available <= reorderAt;
};

type Told = { readonly cell: Cell; readonly isShelfTouched: boolean; readonly isLevelCrossed: boolean };

/** What the two images of a position tell. Of most changes, an order's claim among them, nothing is to be looked at. */
const toldBy = ({ before, after }: TableChange): readonly Told[] => {
  if (after?.['entity'] !== 'position') return [];
  const { sku, nodeId, ...position } = positionFrom(after);
  const available = availableOf(position);
  const previous = before === undefined ? undefined : availableOf(positionFrom(before));
  const wasLow = before !== undefined && isLow(before, previous ?? 0);
  return [
    {
      cell: { sku, nodeId },
      isShelfTouched: previous === undefined || (available === 0) !== (previous === 0),
      isLevelCrossed: wasLow !== isLow(after, available),
    },
  ];
};

const LOOKED_AT_ONCE = 5;

/**
 * Looks at a SKU's shelf when a node has run out or has something again, and at a cell's reorder point when its level
 * was crossed; both by what is so now, so a repeated or late change does no harm.
 */
export const makeWatchStockChanges =
  (deps: {
    readonly watchShelf: (sku: Sku) => Promise<void>;
    readonly watchReorderPoint: (cell: Cell) => Promise<void>;
  }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const told = changes.flatMap(toldBy);
    const skus = new Set(told.filter((one) => one.isShelfTouched).map(({ cell }) => cell.sku));
    const cells = new Map(told.filter((one) => one.isLevelCrossed).map(({ cell }) => [cellKey(cell), cell]));
    await inBatches([...skus], LOOKED_AT_ONCE, deps.watchShelf);
    await inBatches([...cells.values()], LOOKED_AT_ONCE, deps.watchReorderPoint);
  };
