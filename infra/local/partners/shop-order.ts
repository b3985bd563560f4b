/** An order as a customer placed it in a shop, before a channel puts it into its own words. Money in cents of USD. */
export type ShopLine = {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly weightGrams: number;
};

export type ShopAddress = {
  readonly line1: string;
  readonly city: string;
  readonly region: string;
  readonly postcode: string;
  readonly latitude: number;
  readonly longitude: number;
};

export type ShopOrder = {
  /** Counts the customer's orders in this shop, from 1. */
  readonly number: number;
  readonly placedAt: Date;
  readonly customer: string;
  readonly shipTo: ShopAddress;
  readonly lines: readonly ShopLine[];
  readonly shipping: number;
  /** Taken off the goods of the first line. */
  readonly discount: number;
};

export type ShopTotals = {
  readonly goods: number;
  readonly tax: number;
  readonly grand: number;
  readonly taxes: readonly number[];
};

/** Sales tax, on top of the price: 6 % of each line's own total, rounded to the cent. */
export const TAX_RATE = 0.06;

/** What the first line costs less. */
export const discountOf = (order: ShopOrder, index: number): number => (index === 0 ? order.discount : 0);

export const lineTotal = (order: ShopOrder, line: ShopLine, index: number): number =>
  line.unitPrice * line.quantity - discountOf(order, index);

/** Sums that add up to the cent, line by line. */
export const totalsOf = (order: ShopOrder): ShopTotals => {
  const taxes = order.lines.map((line, index) => Math.round(lineTotal(order, line, index) * TAX_RATE));
  const goods = order.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const tax = taxes.reduce((sum, part) => sum + part, 0);
  return { goods, tax, taxes, grand: goods - order.discount + tax + order.shipping };
};

export const decimal = (cents: number): string => (cents / 100).toFixed(2);
