import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';

/** What a shop may sell of a SKU now. Of two, the one with the higher version knows more. */
export type Sellable = { readonly sku: Sku; readonly available: number; readonly version: number };

/** What a shop was told last, and when. */
export type PublishedFigure = Pick<Sellable, 'available' | 'version'> & { readonly at: Instant };
