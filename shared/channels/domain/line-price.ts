/**
 * Prices a line from what it comes to before and after discount, both in minor units for the whole line. The unit
 * price is rounded up where the line does not divide evenly (3 for 10.00), and the discount takes the odd cents, so
 * that unitPrice x quantity - discount is the line's total exactly. A line sold above its list price has no discount.
 */
export const priceLine = (
  before: number,
  after: number,
  quantity: number,
): { readonly unitPrice: number; readonly discount: number; readonly total: number } => {
  const unitPrice = Math.ceil(Math.max(before, after) / quantity);
  return { unitPrice, discount: unitPrice * quantity - after, total: after };
};
