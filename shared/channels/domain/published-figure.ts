import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';

/** What a shop may sell of a SKU now. Of two, the one with the higher version knows more. */
export type Sellable = { readonly sku: Sku; readonly available: number; readonly version: number };

/** What a shop was told last, and when. */
export type PublishedFigure = Pick<Sellable, 'available' | 'version'> & { readonly at: Instant };

/**
 * Whether a shop has to be told. Never an older figure over a newer one; an unchanged one only when it is not sure that
 * the last message arrived (`isRepeated`).
 */
export const isNews = (
  figure: Sellable,
  published: PublishedFigure | undefined,
  isRepeated: boolean,
): boolean => {
  if (published === undefined) return true;
  if (figure.version < published.version) return false;
  return isRepeated || figure.available !== published.available;
};
