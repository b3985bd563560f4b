import * as z from 'zod';
import { inBatches } from '../../platform/in-batches.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { Sku } from '../../kernel/ids.ts';
import { cellKey, type Cell } from '../domain/cell.ts';
import { availableOf, freeOf } from '../domain/position.ts';
import { positionOrFrozen } from './position-or-frozen.ts';
import { readItem } from './readable-items.ts';
import type { TableItem } from './stock-items.ts';
import { supplyFrom } from './supply-items.ts';

/** Beside the counters: how far free units may fall before a reorder point is reached. */
const level = z.object({ reorderAt: z.int().optional() });

/** What an image says of the cell; undefined: there is none. One that cannot be read has nothing, and no level. */
const seenIn = (image: TableItem | undefined) => {
  const [position] = image === undefined ? [] : positionOrFrozen(image);
  if (position === undefined) return undefined;
  const { reorderAt } = level.safeParse(image).data ?? {};
  const isLow = position.problem === undefined && reorderAt !== undefined && freeOf(position) <= reorderAt;
  return { cell: { sku: position.sku, nodeId: position.nodeId }, hasUnits: availableOf(position) > 0, isLow };
};

type Told = { readonly cell: Cell; readonly isShelfTouched: boolean; readonly isLevelCrossed: boolean };

/** What the two images of a position tell. Of most changes, an order's claim among them, nothing is to be looked at. */
const toldBy = ({ before, after }: TableChange): readonly Told[] => {
  if (after?.['entity'] !== 'position') return [];
  const [now, then] = [seenIn(after), seenIn(before)];
  if (now === undefined) return [];
  return [
    {
      cell: now.cell,
      isShelfTouched: now.hasUnits !== then?.hasUnits,
      isLevelCrossed: now.isLow !== (then?.isLow ?? false),
    },
  ];
};

/** Whatever happens to an order that is on its way changes what its cells may expect. */
const cellsOfSupply = ({ after }: TableChange): readonly Cell[] => {
  if (after?.['entity'] !== 'supply') return [];
  const order = readItem(after, supplyFrom);
  return order.ok ? order.value.lines.map(({ sku }) => ({ sku, nodeId: order.value.nodeId })) : [];
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
