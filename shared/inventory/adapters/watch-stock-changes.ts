import * as z from 'zod';
import { inBatches } from '../../platform/in-batches.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { Sku } from '../../kernel/ids.ts';
import { cellKey, type Cell } from '../domain/cell.ts';
import { availableOf, freeOf } from '../domain/position.ts';
import { positionFrom, type TableItem } from './stock-items.ts';
import { supplyFrom } from './supply-items.ts';

/** Beside the counters: how far free units may fall before a reorder point is reached. */
const level = z.object({ reorderAt: z.int().optional() });

const isLow = (image: TableItem): boolean => {
  const { reorderAt } = level.parse(image);
  return reorderAt !== undefined && freeOf(positionFrom(image)) <= reorderAt;
};

type Told = { readonly cell: Cell; readonly isShelfTouched: boolean; readonly isLevelCrossed: boolean };

/** What the two images of a position tell. Of most changes, an order's claim among them, nothing is to be looked at. */
const toldBy = ({ before, after }: TableChange): readonly Told[] => {
  if (after?.['entity'] !== 'position') return [];
  const { sku, nodeId, ...position } = positionFrom(after);
  const available = availableOf(position);
  const previous = before === undefined ? undefined : availableOf(positionFrom(before));
  return [
    {
      cell: { sku, nodeId },
      isShelfTouched: previous === undefined || (available === 0) !== (previous === 0),
      isLevelCrossed: (before !== undefined && isLow(before)) !== isLow(after),
    },
  ];
};

/** Whatever happens to an order that is on its way changes what its cells may expect. */
const cellsOfSupply = ({ after }: TableChange): readonly Cell[] => {
  if (after?.['entity'] !== 'supply') return [];
  const { nodeId, lines } = supplyFrom(after);
  return lines.map(({ sku }) => ({ sku, nodeId }));
};

const LOOKED_AT_ONCE = 5;

/**
 * Looks at a SKU's shelf when a node has run out or has something again, and at a cell's reorder point when its level
 * was crossed or what is on its way there has changed; both by what is so now, so a repeated or late change does no harm.
 */
export const makeWatchStockChanges =
  (deps: {
    readonly watchShelf: (sku: Sku) => Promise<void>;
    readonly watchReorderPoint: (cell: Cell) => Promise<void>;
  }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const told = changes.flatMap(toldBy);
    const supplied = changes.flatMap(cellsOfSupply);
    const skus = new Set(told.filter((one) => one.isShelfTouched).map(({ cell }) => cell.sku));
    const low = told.filter((one) => one.isLevelCrossed).map(({ cell }) => cell);
    const cells = new Map([...low, ...supplied].map((cell) => [cellKey(cell), cell]));
    await inBatches([...skus], LOOKED_AT_ONCE, deps.watchShelf);
    await inBatches([...cells.values()], LOOKED_AT_ONCE, deps.watchReorderPoint);
  };
