import { instant } from '../../contracts/scalars.ts';
import { instantOf, type Instant } from '../../kernel/instant.ts';
import type { StoredPosition } from '../domain/audit.ts';
import { emptyPosition } from '../domain/position.ts';
import type { ToldPosition } from '../domain/told.ts';
import { cellOf, readItem } from './readable-items.ts';
import { positionFrom, toldPositionFrom, type TableItem } from './stock-items.ts';

/** The moment that the item was written, as far as it can be read. */
const writtenAt = (item: TableItem): Instant => instant.safeParse(item['updatedAt']).data ?? instantOf(0);

const brokenFrom = (item: TableItem, problem: string): readonly StoredPosition[] => {
  const cell = cellOf(item);
  const { version } = item;
  if (cell === undefined) return [];
  return [
    {
      ...emptyPosition(cell),
      freeUnits: 0,
      version: typeof version === 'number' && Number.isInteger(version) ? version : 0,
      frozen: { reason: `it cannot be read: ${problem}`, since: writtenAt(item) },
      problem,
    },
  ];
};

/**
 * A position, or, where somebody has written past us what cannot be read, one that is frozen: one broken cell must not
 * keep other cells from being read, sold from and told of. The watchdog finds it. None: the key is no cell's either.
 */
export const positionOrFrozen = (item: TableItem): readonly StoredPosition[] => {
  const read = readItem(item, positionFrom);
  return read.ok ? [read.value] : brokenFrom(item, read.refusal);
};

/** The same with what feeds have to know of it. */
export const toldPositionOrFrozen = (item: TableItem): readonly ToldPosition[] => {
  const read = readItem(item, toldPositionFrom);
  if (read.ok) return [read.value];
  return brokenFrom(item, read.refusal).map(({ freeUnits: _, ...position }) => ({
    ...position,
    changedAt: writtenAt(item),
  }));
};
