import type { Sku } from '../../kernel/ids.ts';
import type { Money } from '../../kernel/money.ts';

/** What routing and shipping need to know of a sellable thing. */
export type Item = {
  readonly sku: Sku;
  readonly title: string;
  readonly weightGrams: number;
  readonly barcode?: string | undefined;
  readonly price?: Money | undefined;
  /** Shipped only from nodes that have all of these capabilities. */
  readonly requires?: readonly string[] | undefined;
  readonly status: 'active' | 'retired';
};
