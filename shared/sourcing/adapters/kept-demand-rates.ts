import type { DemandRates, SourcingView } from '../application/ports.ts';
import type { WeeklyDemand } from '../domain/decision-inputs.ts';

/** Expected demand moves by the day; an executor forgets what it has read this often. */
const KEPT_MS = 10 * 60_000;
/** A Lambda's memory holds the nodes of this many products easily. */
const SKUS_KEPT = 20_000;

/** Expected demand by product, remembered, so that a product is read once an executor and not once an order. */
export const makeKeptDemandRates = (
  rates: Pick<DemandRates, 'listOfSku'>,
  nowMs: () => number,
): SourcingView['weeklyDemandOf'] => {
  const kept = new Map<string, readonly WeeklyDemand[]>();
  let forgetAt = nowMs() + KEPT_MS;
  return async (skus) => {
    if (nowMs() >= forgetAt || kept.size + skus.length > SKUS_KEPT) {
      kept.clear();
      forgetAt = nowMs() + KEPT_MS;
    }
    const found = await Promise.all(
      skus.map(async (sku) => {
        const known = kept.get(sku) ?? (await rates.listOfSku(sku));
        kept.set(sku, known);
        return known;
      }),
    );
    return found.flat();
  };
};
