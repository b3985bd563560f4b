import { BrokenInvariant, ok, refuse, type Result } from './result.ts';

/** An amount in the currency's minor unit (cents for USD, yen for JPY). `minor` is a safe integer and may be negative. */
export type Money = { readonly currency: string; readonly minor: number };

export type MoneyRefusal = { readonly type: 'notAnAmount'; readonly text: string };

const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0,
  XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
}; // prettier-ignore

/** Decimal places of the currency's minor unit, after ISO 4217. */
export const minorUnitDigits = (currency: string): number => EXPONENTS[currency] ?? 2;

/**
 * Reads a decimal text ("19.9", "-0.125", "100.00" for JPY) exactly, without passing through a float.
 * Digits beyond the minor unit are rounded half away from zero, as the channels do.
 */
export const moneyFromDecimal = (text: string, currency: string): Result<Money, MoneyRefusal> => {
  const match = /^(-?)(\d{1,13})(?:\.(\d{0,18}))?$/.exec(text.trim());
  if (!match) return refuse({ type: 'notAnAmount', text });
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = minorUnitDigits(currency);
  const kept = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  const roundedUp = (fraction[digits] ?? '0') >= '5' ? 1 : 0;
  const minor = (kept + roundedUp) * (sign === '-' ? -1 : 1);
  return Number.isSafeInteger(minor)
    ? ok({ currency, minor: minor === 0 ? 0 : minor })
    : refuse({ type: 'notAnAmount', text });
};

/** "19.90", "-0.05", "1200" (JPY). */
export const formatMoney = ({ currency, minor }: Money): string => {
  const digits = minorUnitDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const cut = text.length - digits;
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, cut)}.${text.slice(cut)}`;
};

/**
 * Splits `minor` over `weights` in whole minor units that add up exactly; the largest remainders get the odd units
 * (Hamilton's method), earlier entries winning ties. All weights zero: everything goes to the first entry.
 */
export const allocate = (minor: number, weights: readonly number[]): readonly number[] => {
  if (weights.length === 0) throw new BrokenInvariant('nothing to allocate an amount to');
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map((_, index) => (index === 0 ? minor : 0));
  const sign = minor < 0 ? -1n : 1n;
  const amount = BigInt(Math.abs(minor));
  const shares = weights.map((weight, index) => {
    const product = amount * BigInt(weight);
    return { index, whole: product / BigInt(total), rest: product % BigInt(total) };
  });
  const missing = Number(amount - shares.reduce((sum, share) => sum + share.whole, 0n));
  const favoured = new Set(
    [...shares]
      .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
      .slice(0, missing)
      .map((share) => share.index),
  );
  return shares.map((share) => Number(sign * (share.whole + (favoured.has(share.index) ? 1n : 0n))));
};
