import type { Sku } from '../../../kernel/ids.ts';
import type { Connection } from '../../application/ports.ts';
import type { FigureOutcome, ShopStock } from '../../application/publication-ports.ts';
import { askChannel, type ChannelCall, type Fetch } from '../call-channel.ts';
import { makeIdCache } from '../id-cache.ts';
import type { Pace } from '../pace.ts';
import { idOf, integerOf, listOf, objectOf, type Json } from '../reading/fields.ts';
import { orAllRefused, RefusedCall } from '../refused-call.ts';
import { wooCommerceHeaders, wooCommerceUrl } from './woocommerce-address.ts';

/**
 * WooCommerce takes a hundred objects in a batch, but variations go in a batch of their product: at worst each is a call
 * of its own, and all of them have to fit into a turn of the shop.
 */
const FIGURES_PER_TURN = 20;

/** The question is a URL, and servers take some 8,000 characters. */
const SKUS_PER_QUESTION = 20;

/** A variation's stock lies below its product. */
type Product = { readonly id: string; readonly parentId: string | undefined };
type Figure = { readonly sku: Sku; readonly available: number };

const batchPath = (parentId: string | undefined): string =>
  parentId === undefined ? 'products/batch' : `products/${parentId}/variations/batch`;

/** Each object of a batch is answered for by itself, also when the batch is answered with 200. */
const outcomesOf = (body: Json, figures: readonly Figure[]): readonly FigureOutcome[] => {
  const answers = listOf(objectOf(body)['update']);
  return figures.map(({ sku }, index) => {
    const error = objectOf(answers[index]?.['error']);
    if (Object.keys(error).length === 0) return { type: 'said', sku };
    return { type: 'refused', sku, status: integerOf(objectOf(error['data'])['status']) ?? 400 };
  });
};

/** Stock of a WooCommerce shop, in batches: one for products, and one for each product whose variations have changed. */
export const makeWooCommerceStock = (fetching: Fetch, pace: Pace): ShopStock => {
  const cache = makeIdCache<Product>();

  const ask = async (
    connection: Connection,
    call: Pick<ChannelCall, 'method' | 'body'> & { readonly path: string },
  ): Promise<Json> => {
    const { path, ...rest } = call;
    const url = wooCommerceUrl(connection, path);
    const headers = wooCommerceHeaders(connection);
    const answer = await pace(connection, () => askChannel(fetching, { ...rest, url, headers }));
    if (answer.type === 'refused') throw new RefusedCall(new URL(url).host, answer.status);
    return answer.body;
  };

  const find = async (connection: Connection, skus: readonly Sku[]) => {
    const found = new Map<Sku, Product & { readonly shown: number | undefined }>();
    for (let start = 0; start < skus.length; start += SKUS_PER_QUESTION) {
      const wanted = skus.slice(start, start + SKUS_PER_QUESTION);
      const list = wanted.map(encodeURIComponent).join(',');
      const path = `products?sku=${list}&per_page=100&_fields=id,parent_id,sku,stock_quantity`;
      const products = listOf(await ask(connection, { method: 'GET', path }));
      for (const sku of wanted) {
        const product = products.find((each) => each['sku'] === sku);
        const id = idOf(product?.['id']);
        if (id === undefined) continue;
        const shown = integerOf(product?.['stock_quantity']);
        found.set(sku, { id, parentId: idOf(product?.['parent_id']), shown });
      }
    }
    return found;
  };

  return {
    figuresPerCall: FIGURES_PER_TURN,
    tell: (connection, figures) =>
      orAllRefused(figures, async () => {
        const skus = figures.map(({ sku }) => sku);
        const products = await cache.find(skus, (unknown) => find(connection, unknown));
        const outcomes: FigureOutcome[] = skus
          .filter((sku) => !products.has(sku))
          .map((sku) => ({ type: 'absent', sku }));
        const sold = figures.filter(({ sku }) => products.has(sku));
        for (const [parentId, batch] of Map.groupBy(sold, ({ sku }) => products.get(sku)?.parentId)) {
          const update = batch.map(({ sku, available }) => ({
            id: products.get(sku)?.id,
            manage_stock: true,
            stock_quantity: available,
          }));
          const body = await ask(connection, { method: 'POST', path: batchPath(parentId), body: { update } });
          outcomes.push(...outcomesOf(body, batch));
        }
        cache.forget(outcomes.filter(({ type }) => type === 'refused').map(({ sku }) => sku));
        return outcomes;
      }),
    read: async (connection, skus) => {
      const found = await find(connection, skus);
      return new Map([...found].map(([sku, { shown }]) => [sku, shown]));
    },
  };
};
