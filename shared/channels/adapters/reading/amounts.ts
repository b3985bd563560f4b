import { moneyFromDecimal } from '../../../kernel/money.ts';
import { Refusal } from './refusal.ts';
import { textOf, type Json } from './fields.ts';

/** "1.5e-7", as some write a float, spelt out as a decimal. */
const withoutExponent = (text: string): string => {
  const match = /^(-?)(\d+)(?:\.(\d*))?[eE]([+-]?\d{1,2})$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point)}`;
};

/**
 * An amount of money in minor units of `currency`, from a decimal text or a number's own digits, never through a
 * float; absent for null and the empty text. Throws a Refusal that names `where` for anything else.
 */
export const amountOf = (value: Json, currency: string, where: string): number | undefined => {
  if (value === null || value === undefined || value === '') return undefined;
  const text = textOf(value);
  if (text === undefined) throw new Refusal(`${where} is not an amount`);
  const [whole = '', fraction = ''] = withoutExponent(text.replace(/^\+/, '')).split('.', 2);
  const amount = moneyFromDecimal(fraction === '' ? whole : `${whole}.${fraction.slice(0, 18)}`, currency);
  if (!amount.ok) throw new Refusal(`${where} is not an amount`);
  return amount.value.minor;
};
