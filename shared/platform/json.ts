import { isLosslessNumber, parse, type LosslessNumber } from 'lossless-json';

export type LosslessJson =
  LosslessNumber | string | boolean | null | LosslessJson[] | { [key: string]: LosslessJson };

export { isLosslessNumber };

/**
 * Parses JSON keeping every number as the digits that were sent: channels use ids beyond 2^53 and money as numbers,
 * both of which `JSON.parse` would bend. Throws SyntaxError on anything that is not JSON.
 */
export const parseLossless = (text: string): LosslessJson => parse(text) as LosslessJson;
