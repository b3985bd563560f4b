import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeShopifyApi } from '../../../shared/channels/adapters/shopify/shopify-api.ts';
import { makeWooCommerceApi } from '../../../shared/channels/adapters/woocommerce/woocommerce-api.ts';
import { makeTellShipment } from '../../../shared/channels/application/tell-channel.ts';
import type { ShipmentNews } from '../../../shared/channels/application/ports.ts';

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
/** The shops' answers, by what the path holds; tests may change them. */
const ANSWERS: Readonly<Record<string, string>> = {
  'fulfillment_orders.json': EXPECTED,
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

  const makeTellers = () => {
    const told = new Set<string>();
    const apis = { shopify: makeShopifyApi(fetch), woocommerce: makeWooCommerceApi(fetch) };
    const deps = {
      connections: {
        find: async () => ({ webhookSecret: 's', apiUrl: shop.apiUrl, accessToken: 'ck_1:cs_2' }),
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

  it.each([
    [500, 'answers 500'],
    [503, 'answers 503'],
    [429, 'asks to wait'],
  ])('throws at %i and tells again', async (status, message) => {
    const { tellShipment } = makeTellers();
    statuses.push(200, status);
    await expect(tellShipment(NEWS)).rejects.toThrow(message);
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
});
