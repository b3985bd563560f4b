import type { StockPriceRow } from '../domain/decision-inputs.ts';
import type { StockValuation, ValuationStore } from './value-stock-ahead.ts';

export type StockPrices = Omit<StockValuation, 'rows'> & { readonly items: readonly StockPriceRow[] };

/** The prices in force of these cells, the dearest first; undefined when the stock has never been valued. */
export const makeReadStockPrices =
  (deps: { readonly valuations: Pick<ValuationStore, 'find'> }) =>
  async (asked: {
    readonly sku?: string | undefined;
    readonly nodeId?: string | undefined;
    readonly limit: number;
  }): Promise<StockPrices | undefined> => {
    const valuation = await deps.valuations.find();
    if (valuation === undefined) return undefined;
    const { rows, ...rest } = valuation;
    const items = rows
      .filter(({ sku }) => asked.sku === undefined || sku === asked.sku)
      .filter(({ node }) => asked.nodeId === undefined || node === asked.nodeId)
      .sort((one, other) => other.price - one.price)
      .slice(0, asked.limit);
    return { ...rest, items };
  };
