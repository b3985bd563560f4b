import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeShopifyApi } from '../../../shared/channels/adapters/shopify/shopify-api.ts';
import { makeWooCommerceApi } from '../../../shared/channels/adapters/woocommerce/woocommerce-api.ts';
import { makeTellAvailability, makeTellShipment } from '../../../shared/channels/application/tell-channel.ts';
import type { ShipmentNews } from '../../../shared/channels/application/ports.ts';
import { isSku, type Sku } from '../../../shared/kernel/ids.ts';

type Call = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
};

const LINE = '16033441792133';
/** What Shopify expects of the order: 3 units of the line, over two locations; ids are numbers beyond 2^53. */
const EXPECTED = `{"fulfillment_orders":[
  {"id":9007199254740995,"status":"open","assigned_location_id":1,"line_items":[
    {"id":9007199254740997,"line_item_id":${LINE},"quantity":1,"fulfillable_quantity":1},
    {"id":5,"line_item_id":77,"quantity":4,"fulfillable_quantity":4}]},
  {"id":11,"status":"closed","assigned_location_id":1,"line_items":[
    {"id":12,"line_item_id":${LINE},"quantity":1,"fulfillable_quantity":0}]},
  {"id":21,"status":"in_progress","assigned_location_id":2,"line_items":[
    {"id":22,"line_item_id":${LINE},"quantity":2,"fulfillable_quantity":2}]}]}`;
const STOCK_IDS = `{"data":{"inventoryItems":{"nodes":[
  {"legacyResourceId":"808950809","sku":"mug-red"},{"legacyResourceId":"808950810","sku":"MUG-RED"}]},
  "locations":{"nodes":[{"legacyResourceId":"655441491"}]}}}`;
const PRODUCTS = '[{"id":732,"parent_id":0,"sku":"MUG-RED"}]';

/** The shops' answers, by what the path holds; tests may change them. */
const ANSWERS: Readonly<Record<string, string>> = {
  'fulfillment_orders.json': EXPECTED,
  'graphql.json': STOCK_IDS,
  'products?sku': PRODUCTS,
};

const startShop = async (statuses: number[], answers: Readonly<Record<string, string>>) => {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      calls.push({ method, url, headers, body: text === '' ? undefined : JSON.parse(text) });
      const [, answer = '{}'] = Object.entries(answers).find(([part]) => url.includes(part)) ?? [];
      response.writeHead(statuses.shift() ?? 200).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<unknown>((resolve) => server.close(resolve));
  return { calls, apiUrl: `http://127.0.0.1:${port}/`, close };
};

const skuOf = (text: string): Sku => {
  if (!isSku(text)) throw new Error('not a SKU');
  return text;
};
const NEWS: ShipmentNews = {
  channel: 'shopify',
  connection: 'main',
  channelOrderId: '9200000000000000123',
  fulfilmentOrderId: 'ord_1.1.DC',
  lines: [{ lineId: LINE, sku: 'MUG-RED', quantity: 2 }],
  tracking: { carrier: 'UPS', number: '1Z9' },
};

describe('telling a channel', () => {
  let shop: Awaited<ReturnType<typeof startShop>>;
  const statuses: number[] = [];
  let answers: Record<string, string>;
  beforeEach(async () => {
    statuses.length = 0;
    answers = { ...ANSWERS };
    shop = await startShop(statuses, answers);
  });
  afterEach(() => shop.close());

  const makeTellers = (available = 7, locationId?: string) => {
    const told = new Set<string>();
    const apis = { shopify: makeShopifyApi(fetch), woocommerce: makeWooCommerceApi(fetch) };
    const deps = {
      connections: {
        find: async () => ({ webhookSecret: 's', apiUrl: shop.apiUrl, accessToken: 'ck_1:cs_2', locationId }),
      },
      apiOf: (channel: 'shopify' | 'woocommerce') => apis[channel],
    };
    return {
      tellShipment: makeTellShipment({
        ...deps,
        now: () => '2026-11-23T10:00:00.000Z',
        told: {
          wasTold: async (id) => told.has(id),
          recordTold: async (id) => void told.add(id),
        },
      }),
      tellAvailability: makeTellAvailability({
        ...deps,
        list: {
          add: async () => undefined,
          tellable: async () => [
            { channel: 'shopify', connection: 'main' },
            { channel: 'woocommerce', connection: 'eu' },
          ],
        },
        readAvailability: async () => available,
      }),
    };
  };

  it('tells Shopify of a shipment once, for each of its locations, with every digit of its ids', async () => {
    const { tellShipment } = makeTellers();
    await tellShipment(NEWS);
    await tellShipment(NEWS);
    expect(shop.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /admin/api/2025-07/orders/9200000000000000123/fulfillment_orders.json',
      'POST /admin/api/2025-07/fulfillments.json',
      'POST /admin/api/2025-07/fulfillments.json',
    ]);
    const fulfilment = (order: string, id: string) => ({
      fulfillment: {
        notify_customer: true,
        tracking_info: { company: 'UPS', number: '1Z9' },
        line_items_by_fulfillment_order: [
          { fulfillment_order_id: order, fulfillment_order_line_items: [{ id, quantity: 1 }] },
        ],
      },
    });
    expect(shop.calls.slice(1).map(({ body }) => body)).toEqual([
      fulfilment('9007199254740995', '9007199254740997'),
      fulfilment('21', '22'),
    ]);
    expect(shop.calls[1]?.headers).toMatchObject({ 'x-shopify-access-token': 'ck_1:cs_2' });
  });

  it('tells WooCommerce of a shipment under a key of its own on the order', async () => {
    await makeTellers().tellShipment({ ...NEWS, channel: 'woocommerce', channelOrderId: '727' });
    expect(shop.calls[0]).toMatchObject({
      method: 'PUT',
      url: '/wp-json/wc/v3/orders/727',
      body: { meta_data: [{ key: '_switchyard_shipment_ord_1.1.DC', value: { tracking_number: '1Z9' } }] },
    });
    expect(shop.calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ck_1:cs_2').toString('base64')}`);
  });

  it.each([500, 503, 429])('throws at %i and tells again', async (status) => {
    const { tellShipment } = makeTellers();
    statuses.push(200, status);
    await expect(tellShipment(NEWS)).rejects.toThrow(`answers ${status}`);
    await tellShipment(NEWS);
    expect(shop.calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST', 'POST']);
  });

  it('throws by another name when the channel will not take it, and never names the token', async () => {
    statuses.push(403);
    const refused: unknown = await makeTellers()
      .tellShipment(NEWS)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: 'ChannelRefused',
      message: 'shopify/main refuses a shipment with 403',
    });
  });

  it('takes it for told when Shopify expects none of it any more', async () => {
    answers['fulfillment_orders.json'] = EXPECTED.replaceAll(
      /"fulfillable_quantity":\d/g,
      '"fulfillable_quantity":0',
    );
    await makeTellers().tellShipment(NEWS);
    expect(shop.calls).toHaveLength(1);
  });

  it('does not take an empty answer of Shopify for a finished order', async () => {
    answers['fulfillment_orders.json'] = '{"fulfillment_orders":[]}';
    await expect(makeTellers().tellShipment(NEWS)).rejects.toThrow('refuses a shipment with 403');
  });

  const STOCK = [
    ['POST /admin/api/2025-07/graphql.json', 'sku:"MUG-RED"'],
    [
      'POST /admin/api/2025-07/inventory_levels/set.json',
      { location_id: '655441491', inventory_item_id: '808950810', available: 7 },
    ],
    ['GET /wp-json/wc/v3/products?sku=MUG-RED&_fields=id,parent_id,sku', undefined],
    ['PUT /wp-json/wc/v3/products/732', { manage_stock: true, stock_quantity: 7 }],
  ];
  const told = () =>
    shop.calls.map(({ method, url, body }) => [
      `${method} ${url}`,
      (body as { variables?: { search: string } } | undefined)?.variables?.search ?? body,
    ]);
  const CHANGES = [
    { available: 8, previousAvailable: 9 },
    { available: 7, previousAvailable: 8 },
  ];

  it('tells every shop by its own ids what can be sold now, once for many changes', async () => {
    await makeTellers(7).tellAvailability(skuOf('MUG-RED'), CHANGES);
    expect(told()).toEqual(STOCK);
  });

  it('asks a shop for its ids once', async () => {
    const { tellAvailability } = makeTellers(7);
    await tellAvailability(skuOf('MUG-RED'), CHANGES);
    await tellAvailability(skuOf('MUG-RED'), CHANGES);
    expect(told()).toEqual([...STOCK, STOCK[1], STOCK[3]]);
  });

  it('asks again when the shop does not know its own ids any more', async () => {
    const { tellAvailability } = makeTellers(7);
    statuses.push(200, 404);
    await expect(tellAvailability(skuOf('MUG-RED'), CHANGES)).rejects.toThrow(
      'refuses availability with 404',
    );
    await tellAvailability(skuOf('MUG-RED'), CHANGES);
    expect(told().slice(2)).toEqual(STOCK);
  });

  it('shows the stock at the location that the connection names, and of a variation below its product', async () => {
    answers['products?sku'] = '[{"id":733,"parent_id":732,"sku":"MUG-RED"}]';
    await makeTellers(7, '42').tellAvailability(skuOf('MUG-RED'), CHANGES);
    expect(shop.calls[1]?.body).toMatchObject({ location_id: '42' });
    expect(shop.calls[3]?.url).toBe('/wp-json/wc/v3/products/732/variations/733');
  });

  it('tells a shop nothing of what it does not sell', async () => {
    await makeTellers().tellAvailability(skuOf('OTHER'), CHANGES);
    expect(shop.calls.map(({ url }) => url)).toEqual([
      '/admin/api/2025-07/graphql.json',
      '/wp-json/wc/v3/products?sku=OTHER&_fields=id,parent_id,sku',
    ]);
  });

  it('takes an error of GraphQL, which comes with 200, for none', async () => {
    answers['graphql.json'] = '{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}';
    await expect(makeTellers().tellAvailability(skuOf('MUG-RED'), CHANGES)).rejects.toThrow('THROTTLED');
  });

  it('says nothing when what can be sold has not changed', async () => {
    await makeTellers().tellAvailability(skuOf('MUG-RED'), [{ available: 8, previousAvailable: 8 }]);
    expect(shop.calls).toEqual([]);
  });
});
