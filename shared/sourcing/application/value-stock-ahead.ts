import type { Sku } from '../../kernel/ids.ts';
import { isSku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { StockPriceRow } from '../domain/decision-inputs.ts';
import { expectOrders } from '../domain/outlook/expected-orders.ts';
import type { SampledOrder } from '../domain/outlook/sampled-order.ts';
import { valueStock } from '../domain/outlook/value-stock.ts';
import { DEFAULT_TARIFF } from '../domain/tariff.ts';
import type { SourcingView } from './ports.ts';

export type DemandSamples = {
  /** Keeps them; one that is kept twice is read once. */
  readonly keep: (samples: readonly SampledOrder[]) => Promise<void>;
  /** Each order once, the newest days first, until there are this many. */
  readonly newest: (most: number, since: Instant, until: Instant) => Promise<readonly SampledOrder[]>;
};

/** What a unit of stock is worth to the orders to come, as last worked out. Prices in minor units. */
export type StockValuation = {
  readonly valuedAt: Instant;
  readonly seed: number;
  readonly horizonDays: number;
  /** Orders that it was learnt from. */
  readonly samples: number;
  readonly rows: readonly StockPriceRow[];
};

export type ValuationStore = {
  /** Replaces the one before; readers see the old or the new one, whole. */
  readonly replace: (valuation: StockValuation) => Promise<void>;
  readonly find: () => Promise<StockValuation | undefined>;
};

/** The days to come are taken to be like those before, and stock to be bought again after this long. */
const HORIZON_DAYS = 7;
const DAYS_LEARNT_FROM = 28;
/** More kinds of orders make prices finer, and the valuation longer: 5,000 take some twenty seconds. */
const MOST_SAMPLES = 5_000;
const FUTURES = 3;
const ROUNDS = 40;
/** How much of the old price stays: what one run draws shall not turn the yard over. */
const KEPT = 0.5;
const DAY_MS = 86_400_000;

const smoothed = (
  fresh: readonly StockPriceRow[],
  before: readonly StockPriceRow[],
): readonly StockPriceRow[] => {
  const known = new Map(before.map(({ node, sku, price }) => [`${node}#${sku}`, price]));
  return fresh.flatMap(({ node, sku, price }) => {
    const old = known.get(`${node}#${sku}`);
    const value = old === undefined ? price : KEPT * old + (1 - KEPT) * price;
    const rounded = Math.round(value * 100) / 100;
    return rounded > 0 ? [{ node, sku, price: rounded }] : [];
  });
};

/** Works out, from the orders of late and the stock of now, what each unit is worth to those that are still to come. */
export const makeValueStockAhead =
  (deps: {
    readonly samples: Pick<DemandSamples, 'newest'>;
    readonly view: Pick<SourcingView, 'nodes' | 'stockOnOffer' | 'factsOf'>;
    readonly valuations: ValuationStore;
    readonly now: () => Instant;
  }) =>
  async (): Promise<StockValuation> => {
    const valuedAt = deps.now();
    const since = new Date(Date.parse(valuedAt) - DAYS_LEARNT_FROM * DAY_MS).toISOString();
    const [samples, before] = await Promise.all([
      deps.samples.newest(MOST_SAMPLES, since, valuedAt),
      deps.valuations.find(),
    ]);
    const skus = [...new Set(samples.flatMap(({ lines }) => lines.map(({ sku }) => sku)))].filter(
      (sku): sku is Sku => isSku(sku),
    );
    const [offers, items] = await Promise.all([deps.view.stockOnOffer(skus), deps.view.factsOf(skus)]);
    const nodes = await deps.view.nodes(offers.map(({ nodeId }) => nodeId));
    const seed = Math.floor(Date.parse(valuedAt) / 1_000);
    const fresh = valueStock(
      {
        nodes: nodes.map(({ nodeId }) => nodeId),
        stock: offers.map(({ nodeId, sku, available }) => ({ node: nodeId, sku, quantity: available })),
      },
      expectOrders(samples, valuedAt, HORIZON_DAYS, { nodes, items, tariff: DEFAULT_TARIFF }),
      { seed, futures: FUTURES, rounds: ROUNDS },
    );
    const valuation = {
      valuedAt,
      seed,
      horizonDays: HORIZON_DAYS,
      samples: samples.length,
      rows: smoothed(fresh, before?.rows ?? []),
    };
    await deps.valuations.replace(valuation);
    return valuation;
  };
