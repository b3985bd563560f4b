import type { Connection } from '../application/ports.ts';
import type { ShopStock } from '../application/publication-ports.ts';
import type { ChannelName, ConnectionRef } from '../domain/delivery.ts';
import type { Fetch } from './call-channel.ts';
import { makePace, type Pace } from './pace.ts';
import { makeShopifyStock } from './shopify/shopify-stock.ts';
import { makeWooCommerceStock } from './woocommerce/woocommerce-stock.ts';

const KINDS: Readonly<Record<ChannelName, (fetching: Fetch, pace: Pace) => ShopStock>> = {
  shopify: makeShopifyStock,
  woocommerce: makeWooCommerceStock,
};

/** The stock of each shop, with its own pace and its own memory of ids; a shop that has moved begins anew. */
export const makeShopStock = (fetching: Fetch, newPace: () => Pace = makePace) => {
  const shops = new Map<string, ShopStock>();
  return ({ channel, connection: name }: ConnectionRef, { apiUrl, locationId }: Connection): ShopStock => {
    const key = [channel, name, apiUrl, locationId].join(' ');
    const known = shops.get(key);
    if (known !== undefined) return known;
    const stock = KINDS[channel](fetching, newPace());
    shops.set(key, stock);
    return stock;
  };
};
