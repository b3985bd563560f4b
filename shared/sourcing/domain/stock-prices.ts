/**
 * What a unit of stock is worth to the orders that are still to come, by node and SKU: the saving that one unit
 * more would bring, which is the shadow price of that stock in a plan over forecast demand. Taking the unit now
 * costs that much more than its shipping. Where the prices come from is the caller's business (a linear programme
 * solved on a schedule, a Lagrangian); the decision only adds them.
 *
 * In the currency unit of the costs, finite, 0 or more; 0 where nothing is known.
 */
export type StockPrices = (node: string, sku: string) => number;

/** Prices from rows, for callers that stored the result of a scheduled valuation. */
export const stockPricesFrom = (
  rows: readonly { readonly node: string; readonly sku: string; readonly price: number }[],
): StockPrices => {
  const byNode = new Map<string, Map<string, number>>();
  for (const { node, sku, price } of rows) {
    const bySku = byNode.get(node) ?? new Map<string, number>();
    byNode.set(node, bySku.set(sku, price));
  }
  return (node, sku) => byNode.get(node)?.get(sku) ?? 0;
};
