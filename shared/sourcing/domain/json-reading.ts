import { ok, refuse, type Refused, type Result } from '../../kernel/result.ts';
import { tableOf, type Table } from './table.ts';

/** Why a document was refused: the JSON path at fault (`$.orders[0].lines[2].quantity`) and what is wrong there. */
export interface DocumentFault {
  readonly path: string;
  readonly problem: string;
}

type Read<Value> = Result<Value, DocumentFault>;
export type Reader<Value> = (value: unknown, path: string) => Read<Value>;

export const fault = (path: string, problem: string): Refused<DocumentFault> => refuse({ path, problem });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
};

/** `$.unitCosts.A`, or `$.unitCosts["odd name"]` where a dot would mislead. */
export const childPath = (path: string, key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;

export const readText: Reader<string> = (value, path) =>
  typeof value === 'string' && value !== '' ? ok(value) : fault(path, `must be a text, not ${nameOf(value)}`);

/** A finite decimal, zero or more. */
export const readCost: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? ok(value)
    : fault(path, `must be a finite amount of 0 or more, not ${nameOf(value)}`);

/** A whole number, zero or more, that a double holds exactly. */
export const readQuantity: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? ok(value)
    : fault(path, `must be a whole number of 0 or more, not ${nameOf(value)}`);

export const readFlag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? ok(value) : fault(path, `must be true or false, not ${nameOf(value)}`);

export const orNull =
  <Value>(reader: Reader<Value>): Reader<Value | null> =>
  (value, path) =>
    value === null ? ok(null) : reader(value, path);

/** Reads every element; `keyOf` names what must not occur twice. */
export const readList =
  <Value>(reader: Reader<Value>, keyOf: (value: Value) => string, what: string): Reader<readonly Value[]> =>
  (value, path) => {
    if (!Array.isArray(value)) return fault(path, `must be a list, not ${nameOf(value)}`);
    const items: readonly unknown[] = value;
    const seen = new Map<string, number>();
    const read: Value[] = [];
    for (let i = 0; i < items.length; i += 1) {
      const item = reader(items[i], `${path}[${i}]`);
      if (!item.ok) return item;
      const key = keyOf(item.value);
      const first = seen.get(key);
      if (first !== undefined) return fault(`${path}[${i}]`, `repeats ${what} ${key} of ${path}[${first}]`);
      seen.set(key, i);
      read.push(item.value);
    }
    return ok(read);
  };

/** An object used as a table from names to values. The copy has no prototype, so no name is special. */
export const readTable =
  <Value>(reader: Reader<Value>): Reader<Table<Value>> =>
  (value, path) => {
    if (!isRecord(value)) return fault(path, `must be an object, not ${nameOf(value)}`);
    const entries: [string, Value][] = [];
    for (const [key, cell] of Object.entries(value)) {
      const read = reader(cell, childPath(path, key));
      if (!read.ok) return read;
      entries.push([key, read.value]);
    }
    return ok(tableOf(entries));
  };

/**
 * An object with known fields. A field that we do not know is refused, since a misspelt limit would otherwise be
 * no limit; names that start with "_" or "$", and those in `remarks`, are for people and pass.
 */
export const readObject = (
  value: unknown,
  path: string,
  fields: readonly string[],
  remarks: readonly string[] = [],
): Read<Readonly<Record<string, unknown>>> => {
  if (!isRecord(value)) return fault(path, `must be an object, not ${nameOf(value)}`);
  for (const key of Object.keys(value)) {
    if (fields.includes(key) || remarks.includes(key) || key.startsWith('_') || key.startsWith('$')) continue;
    return fault(childPath(path, key), `is not a field here; known are ${fields.join(', ')}`);
  }
  return ok(value);
};
