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

const startShop = async (statuses: number[]) => {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      calls.push({ method, url, headers, body: JSON.parse(text) });
      response.writeHead(statuses.shift() ?? 200).end('{}');
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
  lines: [{ lineId: '16033441792133', sku: 'MUG-RED', quantity: 2 }],
  tracking: { carrier: 'UPS', number: '1Z9' },
};

describe('telling a channel', () => {
  let shop: Awaited<ReturnType<typeof startShop>>;
  const statuses: number[] = [];
  beforeEach(async () => {
    statuses.length = 0;
    shop = await startShop(statuses);
  });
  afterEach(() => shop.close());

  const makeTellers = (available = 7) => {
    const told = new Set<string>();
    const deps = {
      connections: {
        find: async () => ({ webhookSecret: 's', apiUrl: shop.apiUrl, accessToken: 'ck_1:cs_2' }),
      },
      apiOf: (channel: 'shopify' | 'woocommerce') =>
        ({ shopify: makeShopifyApi(fetch), woocommerce: makeWooCommerceApi(fetch) })[channel],
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

  it('tells Shopify of a shipment once, with its tracking and every digit of its ids', async () => {
    const { tellShipment } = makeTellers();
    await tellShipment(NEWS);
    await tellShipment(NEWS);
    expect(shop.calls).toHaveLength(1);
    expect(shop.calls[0]).toMatchObject({
      method: 'POST',
      url: '/admin/api/2025-07/fulfillments.json',
      body: {
        fulfillment: {
          order_id: '9200000000000000123',
          line_items: [{ id: '16033441792133', quantity: 2 }],
          tracking_info: { company: 'UPS', number: '1Z9' },
        },
      },
    });
    expect(shop.calls[0]?.headers).toMatchObject({
      'x-shopify-access-token': 'ck_1:cs_2',
      'idempotency-key': 'ord_1.1.DC',
    });
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
    statuses.push(status);
    await expect(tellShipment(NEWS)).rejects.toThrow(`answers ${status}`);
    await tellShipment(NEWS);
    expect(shop.calls).toHaveLength(2);
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

  it('takes it for told when Shopify says that it is fulfilled already', async () => {
    statuses.push(422);
    await expect(makeTellers().tellShipment(NEWS)).resolves.toBeUndefined();
  });

  it('tells every shop what can be sold now, once for many changes', async () => {
    await makeTellers(7).tellAvailability(skuOf('MUG-RED'), [
      { available: 8, previousAvailable: 9 },
      { available: 7, previousAvailable: 8 },
    ]);
    expect(shop.calls.map(({ url, body }) => [url, body])).toEqual([
      ['/admin/api/2025-07/inventory_levels/set.json', { sku: 'MUG-RED', available: 7 }],
      [
        '/wp-json/wc/v3/products/batch',
        { update: [{ sku: 'MUG-RED', manage_stock: true, stock_quantity: 7 }] },
      ],
    ]);
  });

  it('says nothing when what can be sold has not changed', async () => {
    await makeTellers().tellAvailability(skuOf('MUG-RED'), [{ available: 8, previousAvailable: 8 }]);
    expect(shop.calls).toEqual([]);
  });
});
