import { ok, refuse, type Result } from '../../kernel/result.ts';

export type CursorRefusal = { readonly type: 'notACursor' };
export type TableKey = Readonly<Record<string, string | number>>;

/** DynamoDB's last evaluated key as opaque text. */
export const encodeCursor = (key: TableKey | undefined): string | undefined =>
  key === undefined ? undefined : Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key again; refused when the text was not made by `encodeCursor`. An absent cursor is the first page. */
export const decodeCursor = (cursor: string | undefined): Result<TableKey | undefined, CursorRefusal> => {
  if (cursor === undefined) return ok(undefined);
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isKey =
      typeof key === 'object' &&
      key !== null &&
      !Array.isArray(key) &&
      Object.values(key).every((value) => typeof value === 'string' || typeof value === 'number');
    return isKey ? ok(key as TableKey) : refuse({ type: 'notACursor' });
  } catch {
    return refuse({ type: 'notACursor' });
  }
};

/** The items that a list pages through: those of one partition, all or with a prefix; without `pk` the whole table. */
export type ListedKeys = { readonly pk?: string; readonly prefix?: string };

/**
 * The key that a page starts behind. Refused unless it lies within the list: DynamoDB throws at any other, and a cursor
 * may come from another list, or be made up.
 */
export const startKey = (
  cursor: string | undefined,
  { pk, prefix = '' }: ListedKeys,
): Result<TableKey | undefined, CursorRefusal> => {
  const decoded = decodeCursor(cursor);
  if (!decoded.ok || decoded.value === undefined) return decoded;
  const { pk: partition, sk, ...rest } = decoded.value;
  const isKey = typeof partition === 'string' && partition !== '' && typeof sk === 'string' && sk !== '';
  const isListed = isKey && (pk === undefined || pk === partition) && sk.startsWith(prefix);
  return isListed && Object.keys(rest).length === 0 ? decoded : refuse({ type: 'notACursor' });
};
