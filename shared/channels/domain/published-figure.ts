import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';

/** What a shop may sell of a SKU now. Of two, the one with the higher version knows more. */
export type Sellable = {
  readonly sku: Sku;
  readonly available: number;
  readonly version: number;
  /**
   * A policy limits it: stock may change and the figure stay the same. Of any other SKU a change of what is available
   * is a change of the figure.
   */
  readonly isLimited: boolean;
  readonly policyVersion: number;
};

/** What a shop was told last, and when. */
export type PublishedFigure = Pick<Sellable, 'available' | 'version'> & { readonly at: Instant };
