import type { Sku } from '../../kernel/ids.ts';
import type { StockOnOffer } from '../domain/decision-inputs.ts';
import { makeRecentLoads } from './recent-loads.ts';
import type { SourcingView } from './ports.ts';

/** SKUs that are read at once. */
const SKUS_AT_ONCE = 50;

/**
 * The world of one moment, for many orders that are to be planned on the same: stock, nodes, prices and facts are read
 * here, once; days of limited nodes at the first look.
 */
export const takeSnapshot = async (view: SourcingView, skus: readonly Sku[]): Promise<SourcingView> => {
  const all = [...new Set(skus)];
  const stock = new Map<string, StockOnOffer[]>();
  for (let start = 0; start < all.length; start += SKUS_AT_ONCE)
    for (const offer of await view.stockOnOffer(all.slice(start, start + SKUS_AT_ONCE)))
      stock.set(offer.sku, [...(stock.get(offer.sku) ?? []), offer]);
  const holding = [...new Set([...stock.values()].flat().map(({ nodeId }) => nodeId))];
  const [facts, prices, nodes] = await Promise.all([
    view.factsOf(all),
    view.pricesOf(all),
    view.nodes(holding),
  ]);
  const days = makeRecentLoads({ capacity: view, keepMs: Number.POSITIVE_INFINITY, now: () => 0 });
  return {
    ...view,
    loads: days.of,
    nodes: async () => nodes,
    stockOnOffer: async (wanted) => wanted.flatMap((sku) => stock.get(sku) ?? []),
    factsOf: async () => facts,
    pricesOf: async (wanted) => prices.filter(({ sku }) => wanted.includes(sku)),
  };
};
