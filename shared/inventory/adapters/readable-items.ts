import * as z from 'zod';
import { isNodeId, type Sku } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { StorePage, UnreadableItem } from '../application/books-ports.ts';
import type { Cell } from '../domain/cell.ts';
import { deltasOf } from '../domain/ledger-entry.ts';
import {
  groupFrom,
  movementFrom,
  positionFrom,
  reservationFrom,
  skuOf,
  type TableItem,
} from './stock-items.ts';

/** An item's key as text, and back. */
const keyText = ({ pk, sk }: TableItem): string => `${String(pk)}\n${String(sk)}`;
export const keyOf = (key: string): { readonly pk: string; readonly sk: string } => {
  const [pk = '', sk = ''] = key.split('\n');
  return { pk, sk };
};

const problemOf = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : String(error);

/** The item, or what is wrong with it in one line. */
export const readItem = <Value>(item: TableItem, read: (item: TableItem) => Value): Result<Value, string> => {
  try {
    return ok(read(item));
  } catch (error) {
    return refuse(problemOf(error).slice(0, 300));
  }
};

/** What can be read of the items, and which cannot. */
export const readableItems = <Value>(items: readonly TableItem[], read: (item: TableItem) => Value) => {
  const values: Value[] = [];
  const unreadable: string[] = [];
  for (const item of items) {
    const result = readItem(item, read);
    if (result.ok) values.push(result.value);
    else unreadable.push(`${keyText(item).replace('\n', ' ')}: ${result.refusal}`);
  }
  return { values, unreadable };
};

/** The cell that a key names: `NODE#<node>` or `MOVE#<node>#...` in the partition of a SKU. */
export const cellOf = (item: TableItem): Cell | undefined => {
  const sku = skuOf(item);
  const nodeId = /^(?:NODE|MOVE)#(?<node>[^#]+)/.exec(String(item['sk']))?.groups?.['node'];
  return sku !== undefined && nodeId !== undefined && isNodeId(nodeId) ? { sku, nodeId } : undefined;
};

const movementAt = (item: TableItem): StorePage['movements'][number] => {
  const cell = cellOf(item);
  if (cell === undefined) throw new Error('a movement of no cell');
  return { ...cell, ...deltasOf({ movements: [movementFrom(item)] }) };
};

/** Sorts a page's items by what they are; what is not what it says it is does not stop the reading. */
export const storePageOf = (
  items: readonly TableItem[],
  skipsHistoryOf: (sku: Sku) => boolean = () => false,
): Omit<StorePage, 'cursor'> => {
  const positions: StorePage['positions'][number][] = [];
  const movements: StorePage['movements'][number][] = [];
  const reservations: StorePage['reservations'][number][] = [];
  const groups: StorePage['groups'][number][] = [];
  const unreadable: UnreadableItem[] = [];
  const take = <Value>(item: TableItem, read: (item: TableItem) => Value, into: Value[]): void => {
    const result = readItem(item, read);
    if (result.ok) into.push(result.value);
    else unreadable.push({ key: keyText(item), cell: cellOf(item), problem: result.refusal });
  };
  for (const item of items) {
    switch (item['entity']) {
      case 'position':
        take(item, positionFrom, positions);
        break;
      case 'movement': {
        const sku = skuOf(item);
        if (sku === undefined || !skipsHistoryOf(sku)) take(item, movementAt, movements);
        break;
      }
      case 'reservation':
        take(item, reservationFrom, reservations);
        break;
      case 'group':
        take(item, groupFrom, groups);
        break;
    }
  }
  return { positions, movements, reservations, groups, unreadable };
};
