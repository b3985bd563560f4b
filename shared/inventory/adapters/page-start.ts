import { decodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import { Unreadable } from '../../platform/http/unreadable.ts';

/** Where a page begins; throws on a cursor that none of our lists made. */
export const startOf = (cursor: string | undefined): TableKey | undefined => {
  const from = decodeCursor(cursor);
  if (!from.ok) throw new Unreadable('query.cursor', 'is not a cursor of this list');
  return from.value;
};
