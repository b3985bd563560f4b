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
