import { grandTotalOf } from '../../kernel/order-total.ts';

/** What an order's lines and extras come to, in minor units. */
export type SummedLine = {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly discount: number;
  readonly tax: number;
};

export type Totals = {
  readonly goods: number;
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
  readonly adjustment: number;
  readonly grand: number;
};

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/**
 * Totals that add up to the cent: goods, discount, shipping and tax as the lines and extras say, and in `adjustment`
 * whatever else lies between them and what the channel says the customer pays (fees, tips, duties, its rounding).
 * Without a said grand total the parts are the whole. Minor units; tax within the prices is not added again.
 */
export const totalsOf = (order: {
  readonly lines: readonly SummedLine[];
  readonly shipping: number;
  readonly tax: number;
  readonly pricesIncludeTax: boolean;
  readonly saidGrand: number | undefined;
}): Totals => {
  const goods = sum(order.lines.map((line) => line.unitPrice * line.quantity));
  const discount = sum(order.lines.map((line) => line.discount));
  const { shipping, tax } = order;
  const parts = grandTotalOf({ goods, discount, shipping, tax }, order.pricesIncludeTax);
  const grand = order.saidGrand ?? parts;
  return { goods, discount, shipping, tax, adjustment: grand - parts, grand };
};
