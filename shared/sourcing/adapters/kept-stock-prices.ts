import { keepFor } from '../../platform/keep-for.ts';
import type { SourcingView } from '../application/ports.ts';
import type { ValuationStore } from '../application/value-stock-ahead.ts';
import type { StockPriceRow } from '../domain/decision-inputs.ts';

/** Prices change by the hour; each executor reads them this often. */
const KEPT_MS = 5 * 60_000;
/** Prices of a world that is gone lead astray: when nobody has valued the stock for a day, there are none. */
const STALE_AFTER_MS = 24 * 3_600_000;

/** The prices in force, remembered by SKU so that a decision costs no read. */
export const makeKeptStockPrices = (
  valuations: Pick<ValuationStore, 'find'>,
  nowMs: () => number,
): SourcingView['pricesOf'] => {
  const bySku = keepFor(
    KEPT_MS,
    async () => {
      const valuation = await valuations.find();
      const rows = new Map<string, StockPriceRow[]>();
      if (valuation === undefined || nowMs() - Date.parse(valuation.valuedAt) > STALE_AFTER_MS) return rows;
      for (const row of valuation.rows) {
        const known = rows.get(row.sku);
        if (known === undefined) rows.set(row.sku, [row]);
        else known.push(row);
      }
      return rows;
    },
    nowMs,
  );
  return async (skus) => {
    const prices = await bySku();
    return skus.flatMap((sku) => prices.get(sku) ?? []);
  };
};
