/** What an order consists of, in minor units of one currency. `adjustment`: fees, tips, duties, the channel's rounding. */
export type OrderParts = {
  readonly goods: number;
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
  readonly adjustment?: number | undefined;
};

/**
 * The one law by which an order adds up: grand = goods - discount + shipping + tax + adjustment, where tax that the
 * prices contain already is not added again.
 */
export const grandTotalOf = (parts: OrderParts, pricesIncludeTax: boolean): number =>
  parts.goods -
  parts.discount +
  parts.shipping +
  (pricesIncludeTax ? 0 : parts.tax) +
  (parts.adjustment ?? 0);
