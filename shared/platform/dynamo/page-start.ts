import { startKey, type ListedKeys, type TableKey } from './cursor.ts';
import { Unreadable } from '../http/unreadable.ts';

/** Where a page of these items begins; throws on a cursor that this list has not made. */
export const startOf = (cursor: string | undefined, listed: ListedKeys): TableKey | undefined => {
  const from = startKey(cursor, listed);
  if (!from.ok) throw new Unreadable('query.cursor', 'is not a cursor of this list');
  return from.value;
};
