import type { Sku } from '../../../kernel/ids.ts';
import type { Connection } from '../../application/ports.ts';
import type { FigureOutcome, ShopStock } from '../../application/publication-ports.ts';
import type { Fetch } from '../call-channel.ts';
import { makeIdCache } from '../id-cache.ts';
import type { Pace } from '../pace.ts';
import { listOf, objectOf, textOf, unitsOf, type JsonObject } from '../reading/fields.ts';
import { orAllRefused } from '../refused-call.ts';
import { askShopify } from './shopify-graphql.ts';
import { askForStock, type StockAtShopify } from './shopify-stock-levels.ts';

/** Shopify takes this many quantities in one `inventorySetQuantities`. */
const FIGURES_PER_CALL = 250;

const MUTATION = `mutation SetAvailable($input: InventorySetQuantitiesInput!) {
  inventorySetQuantities(input: $input) { userErrors { code field } }
}`;

type Ids = Pick<StockAtShopify, 'inventoryItemId' | 'locationId'>;
type Figure = { readonly sku: Sku; readonly available: number };

const inputOf = (figures: readonly Figure[], ids: ReadonlyMap<Sku, Ids>) => ({
  name: 'available',
  reason: 'correction',
  ignoreCompareQuantity: true,
  quantities: figures.map(({ sku, available }) => ({ ...ids.get(sku), quantity: available })),
});

/** `["input", "quantities", "3", "locationId"]`: which of the quantities is refused. None: all of them are. */
const refusedAt = (userErrors: readonly JsonObject[]): ReadonlySet<number> | 'all' => {
  const indexes = userErrors.map(({ field }) =>
    Array.isArray(field) ? unitsOf(textOf(field[2])) : undefined,
  );
  const known = indexes.filter((index) => typeof index === 'number');
  return known.length < indexes.length ? 'all' : new Set(known);
};

/** Shopify says why in words; by our numbers it is an input that it does not take. */
const UNPROCESSABLE = 422;

/**
 * Availability at one location of a Shopify shop. Its own ids are looked up once and remembered; a SKU that the shop
 * does not sell is not told. One user error refuses the whole mutation, so the others are told again without it.
 */
export const makeShopifyStock = (fetching: Fetch, pace: Pace): ShopStock => {
  const cache = makeIdCache<Ids>();
  const ask = (connection: Connection, skus: readonly Sku[]) =>
    askForStock(skus, connection, (query, variables) =>
      pace(connection, () => askShopify(fetching, connection, query, variables)),
    );

  const set = async (
    connection: Connection,
    figures: readonly Figure[],
    ids: ReadonlyMap<Sku, Ids>,
  ): Promise<readonly FigureOutcome[]> => {
    if (figures.length === 0) return [];
    const data = await pace(connection, () =>
      askShopify(fetching, connection, MUTATION, { input: inputOf(figures, ids) }),
    );
    const errors = listOf(objectOf(data['inventorySetQuantities'])['userErrors']);
    if (errors.length === 0) return figures.map(({ sku }) => ({ type: 'said', sku }));
    const refused = refusedAt(errors);
    const isRefused = (index: number): boolean => refused === 'all' || refused.has(index);
    const out = figures.filter((_, index) => isRefused(index)).map(({ sku }) => sku);
    cache.forget(out);
    return [
      ...out.map((sku) => ({ type: 'refused' as const, sku, status: UNPROCESSABLE })),
      ...(await set(
        connection,
        figures.filter((_, index) => !isRefused(index)),
        ids,
      )),
    ];
  };

  return {
    figuresPerCall: FIGURES_PER_CALL,
    tell: (connection, figures) =>
      orAllRefused(figures, async () => {
        const skus = figures.map(({ sku }) => sku);
        const ids = await cache.find(skus, (unknown) => ask(connection, unknown));
        const sold = figures.filter(({ sku }) => ids.has(sku));
        const absent = skus.filter((sku) => !ids.has(sku));
        return [
          ...absent.map((sku) => ({ type: 'absent' as const, sku })),
          ...(await set(connection, sold, ids)),
        ];
      }),
    read: async (connection, skus) => {
      const found = await ask(connection, skus);
      return new Map([...found].map(([sku, { available }]) => [sku, available]));
    },
  };
};
