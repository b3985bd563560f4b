import { textOf, type Json } from './fields.ts';
import { instantOf, type Instant } from '../../../kernel/instant.ts';

const HAS_ZONE = /(?:z|[+-]\d{2}:?\d{2}|gmt|utc|[ecmp][sd]t)\s*(?:\([^)]*\))?$/i;

/** Epoch numbers below this are seconds: as milliseconds they would lie before March 1973. */
const SECONDS_BELOW = 1e11;

const epochOf = (text: string): number => {
  if (/^\d{9,14}$/.test(text)) {
    const number = Number(text);
    return number < SECONDS_BELOW ? number * 1000 : number;
  }
  if (/^0{4}-0{2}-0{2}/.test(text) || !/\d{4}/.test(text)) return Number.NaN;
  return Date.parse(
    HAS_ZONE.test(text)
      ? text
      : `${text.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T')}${text.length > 10 ? 'Z' : ''}`,
  );
};

/**
 * A moment, from ISO 8601 with or without zone (none: UTC), RFC 2822, or epoch seconds or milliseconds; absent for
 * null, 0000-00-00 and whatever is not a moment between the years 1 and 9999.
 */
export const momentOf = (value: Json): Instant | undefined => {
  const text = textOf(value, 60);
  if (text === undefined) return undefined;
  const epoch = epochOf(text);
  return Number.isNaN(epoch) || epoch < -62_135_596_800_000 || epoch > 253_402_300_799_000
    ? undefined
    : instantOf(epoch);
};
