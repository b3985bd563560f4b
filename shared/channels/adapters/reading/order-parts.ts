import { isSku } from '../../../kernel/ids.ts';
import type { Address } from '../../../contracts/scalars.ts';
import { coordinateOf, isObject, textOf, type Json, type JsonObject } from './fields.ts';
import { Refusal } from './refusal.ts';

/** The one order in a payload: bare, wrapped under `singular`, or alone in a list. */
export const soleOrderIn = (payload: Json, singular: string, plural: string): JsonObject => {
  const inner = isObject(payload) ? (payload[singular] ?? payload[plural] ?? payload) : payload;
  if (isObject(inner)) return inner;
  if (!Array.isArray(inner)) throw new Refusal('the body is not an object');
  const [first] = inner;
  if (inner.length !== 1 || !isObject(first))
    throw new Refusal(`a delivery holds one order; this is a list of ${inner.length}`);
  return first;
};

/**
 * The SKU that the channel names, or else one made of the channel's own id for the thing: a line without a SKU is a
 * unit that somebody has paid for, and must show up as an order line that waits, not vanish.
 */
export const skuOf = (value: Json, fallback: string, line: string): string => {
  const sku = textOf(value, 1000) ?? fallback;
  if (!isSku(sku)) throw new Refusal(`line ${line}: the SKU is longer than 100 characters`);
  return sku;
};

/** Refuses two lines of one id: which of them a shipment meant could not be told. */
export const requireDistinct = (lineIds: readonly string[]): void => {
  const twice = lineIds.find((id, index) => lineIds.indexOf(id) !== index);
  if (twice !== undefined) throw new Refusal(`two lines have the id ${twice}`);
};

export type Compact<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without the fields that are undefined. */
export const compact = <T extends object>(fields: T): Partial<Compact<T>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Compact<T>
  >;

/** An address from the channel's fields; absent when nothing but blanks is in it. */
export const addressOf = (fields: {
  readonly name: Json;
  readonly firstName: Json;
  readonly lastName: Json;
  readonly company: Json;
  readonly line1: Json;
  readonly line2: Json;
  readonly city: Json;
  readonly region: Json;
  readonly postcode: Json;
  readonly country: Json;
  readonly phone?: Json;
  readonly latitude?: Json;
  readonly longitude?: Json;
}): Address | undefined => {
  const country = textOf(fields.country)?.toUpperCase();
  const names = [textOf(fields.firstName, 99), textOf(fields.lastName, 99)].filter(Boolean).join(' ');
  const latitude = coordinateOf(fields.latitude, 90);
  const longitude = coordinateOf(fields.longitude, 180);
  const found: Address = compact({
    name: textOf(fields.name, 200) ?? (names === '' ? undefined : names),
    company: textOf(fields.company, 200),
    line1: textOf(fields.line1, 300),
    line2: textOf(fields.line2, 300),
    city: textOf(fields.city, 200),
    region: textOf(fields.region, 100),
    postcode: textOf(fields.postcode, 30),
    country: country !== undefined && /^[A-Z]{2}$/.test(country) ? country : undefined,
    phone: textOf(fields.phone, 50),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
  });
  return Object.keys(found).length === 0 ? undefined : found;
};

/** The order's currency; an amount without one means nothing. */
export const currencyOf = (value: Json): string => {
  const text = textOf(value)?.toUpperCase();
  if (text === undefined || !/^[A-Z]{3}$/.test(text)) throw new Refusal('the order names no currency');
  return text;
};
