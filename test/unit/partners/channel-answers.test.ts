import { makeChannelAnswers } from '../../../infra/local/partners/answer-channel.ts';
import type { ShopOrder } from '../../../infra/local/partners/shop-order.ts';
import { makeShopShelf } from '../../../infra/local/partners/shop-shelf.ts';
import { shopifyLineId, shopifyOrderId } from '../../../infra/local/partners/shopify-payload.ts';
import { makeShopifyApi } from '../../../shared/channels/adapters/shopify/shopify-api.ts';
import { makeShopifyStock } from '../../../shared/channels/adapters/shopify/shopify-stock.ts';
import { makeWooCommerceStock } from '../../../shared/channels/adapters/woocommerce/woocommerce-stock.ts';
import { sku } from '../../../shared/contracts/scalars.ts';

const order: ShopOrder = {
  number: 7,
  placedAt: new Date('2026-11-23T09:30:00Z'),
  customer: '1',
  shipTo: { line1: '1 Any Street', city: 'Columbus', region: 'OH', postcode: '43004', latitude: 40, longitude: -83 },
  lines: [{ sku: 'MUG-RED', title: 'Mug', quantity: 3, unitPrice: 1000, weightGrams: 300 }],
  shipping: 500,
  discount: 0,
}; // prettier-ignore

/** Our adapters against the simulated shops, without a server in between. */
const world = () => {
  const shelves = { shopify: makeShopShelf(), woocommerce: makeShopShelf() };
  const answer = makeChannelAnswers((id) => (id === shopifyOrderId(7) ? order : undefined), shelves);
  const calls: string[] = [];
  const overNoWire =
    (channel: 'shopify' | 'woocommerce'): typeof fetch =>
    async (input, init) => {
      const { pathname, search } = new URL(input);
      const [method, path] = [init?.method ?? 'GET', `${pathname}${search}`];
      calls.push(`${method} ${path.split('?')[0]}`);
      const body: unknown = init?.body === undefined ? undefined : JSON.parse(init.body as string);
      return Response.json(answer({ channel, method, path, body }));
    };
  return {
    calls,
    shopify: makeShopifyApi(overNoWire('shopify')),
    stocks: [
      makeShopifyStock(overNoWire('shopify'), (_, call) => call()),
      makeWooCommerceStock(overNoWire('woocommerce'), (_, call) => call()),
    ],
  };
};
const connection = { webhookSecret: 's', apiUrl: 'http://shop.example.com' };
const news = (channelOrderId: string, quantity: number) => ({
  channel: 'shopify' as const,
  connection: 'main',
  channelOrderId,
  fulfilmentOrderId: 'ord_1.1.DC',
  lines: [{ lineId: shopifyLineId(7, 0), sku: 'MUG-RED', quantity }],
});

describe('the simulated shops', () => {
  it('take shipments of what was ordered there until all of it is fulfilled', async () => {
    const { shopify, calls } = world();
    for (const quantity of [2, 2, 2]) {
      expect(await shopify.tellShipment(connection, news(shopifyOrderId(7), quantity))).toEqual({
        type: 'said',
      });
    }
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['GET', 'POST', 'GET', 'POST', 'GET']);
  });

  it('expect nothing of an order that was placed elsewhere', async () => {
    const { shopify, calls } = world();
    expect(await shopify.tellShipment(connection, news('1', 1))).toEqual({ type: 'said' });
    expect(calls).toHaveLength(1);
  });

  it('show what they are told of a SKU, whatever it is called', async () => {
    for (const stock of world().stocks) {
      const skus = ['MUG-RED', 'A "B" \\ C', 'Ä/ß'].map((text) => sku.parse(text));
      const figures = skus.map((one, index) => ({ sku: one, available: index }));
      expect(await stock.tell(connection, figures)).toEqual(skus.map((one) => ({ type: 'said', sku: one })));
      expect(await stock.read(connection, skus)).toEqual(new Map(skus.map((one, index) => [one, index])));
    }
  });
});
