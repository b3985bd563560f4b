import { isLosslessNumber, type LosslessJson } from '../../../platform/json.ts';

export type Json = LosslessJson | undefined;
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json): value is { [key: string]: LosslessJson } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

/** The object, or one without fields: channels leave out, null and empty what does not apply. */
export const objectOf = (value: Json): JsonObject => (isObject(value) ? value : {});

/** The list; one object where a list of one was meant; anything else is no entries. */
export const listOf = (value: Json): readonly JsonObject[] =>
  Array.isArray(value)
    ? value.filter(isObject)
    : isObject(value) && Object.keys(value).length > 0
      ? [value]
      : [];

const CONTROL = / *[\u0000-\u001f\u007f-\u009f\u2028\u2029][\u0000-\u001f\u007f-\u009f\u2028\u2029 ]*/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Text without control characters and surrounding blanks, cut to `limit`; absent when nothing is left. Numbers keep every digit. */
export const textOf = (value: Json, limit = 500): string | undefined => {
  const raw = isLosslessNumber(value) ? value.value : value;
  if (typeof raw !== 'string') return undefined;
  const clean = raw.replace(CONTROL, ' ').replace(LONE_SURROGATE, '\ufffd').trim();
  return clean === '' ? undefined : clean.slice(0, limit).replace(LONE_SURROGATE, '').trim();
};

/** True for true, 1, "1", "true" and "yes" in any case; absent where nothing can be told. */
export const flagOf = (value: Json): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  const text = textOf(value)?.toLowerCase();
  if (text === 'true' || text === '1' || text === 'yes') return true;
  if (text === 'false' || text === '0' || text === 'no') return false;
  return undefined;
};

/** A whole number of units; 'unreadable' for fractions, negatives and anything that is not a number; absent for null. */
export const unitsOf = (value: Json): number | 'unreadable' | undefined => {
  if (value === null || value === undefined) return undefined;
  const text = textOf(value);
  if (text === undefined || !/^\d{1,9}(\.0*)?$/.test(text)) return 'unreadable';
  return Number.parseInt(text, 10);
};

/** A whole number, also below 0; absent for anything else. */
export const integerOf = (value: Json): number | undefined => {
  const text = textOf(value);
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
};

/** An id as text: channels use ids beyond 2^53. Null, 0 and the empty text are no id. */
export const idOf = (value: Json): string | undefined => {
  const text = textOf(value, 200);
  return text === '0' ? undefined : text;
};

/** A number within bounds (a coordinate), from a number or its text. */
export const coordinateOf = (value: Json, bound: number): number | undefined => {
  const text = textOf(value);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) && Math.abs(number) <= bound ? number : undefined;
};
