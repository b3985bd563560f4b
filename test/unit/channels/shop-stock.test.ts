import { makeShopifyStock } from '../../../shared/channels/adapters/shopify/shopify-stock.ts';
import { makeWooCommerceStock } from '../../../shared/channels/adapters/woocommerce/woocommerce-stock.ts';
import type { ShopStock } from '../../../shared/channels/application/publication-ports.ts';
import { aSku } from '../../support/inventory/builders.ts';

type Call = { readonly method: string; readonly path: string; readonly body: unknown };
type Answer = { readonly status?: number; readonly body: unknown };

const connection = { webhookSecret: 's', apiUrl: 'https://shop.example.com/', accessToken: 'ck_1:cs_2' };
const mug = aSku('MUG');
const cup = aSku('CUP');
const textOf = (value: unknown): string => JSON.stringify(value ?? null);

/** A shop that answers each call by the first rule whose text the call holds; one answer a time, the last one stays. */
const shopOf = (
  make: (fetching: typeof fetch, pace: <T>(_: unknown, call: () => Promise<T>) => Promise<T>) => ShopStock,
  rules: Readonly<Record<string, readonly Answer[]>>,
) => {
  const calls: Call[] = [];
  const left = new Map(Object.entries(rules).map(([text, answers]) => [text, [...answers]]));
  const fetching: typeof fetch = async (input, init) => {
    const { pathname, search } = new URL(input);
    const call = {
      method: init?.method ?? 'GET',
      path: `${pathname}${search}`,
      body: init?.body === undefined ? undefined : (JSON.parse(init.body as string) as unknown),
    };
    calls.push(call);
    const [, answers = []] = [...left].find(([text]) => `${call.path} ${textOf(call.body)}`.includes(text)) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return Response.json(answer?.body ?? {}, { status: answer?.status ?? 200 });
  }; // prettier-ignore
  return { stock: make(fetching, (_, call) => call()), calls };
};

const LOCATIONS = { data: { locations: { nodes: [{ id: 'gid://shopify/Location/1' }] } } };
const item = (id: string, sku: string, quantity?: number) => ({
  id: `gid://shopify/InventoryItem/${id}`,
  sku,
  inventoryLevel: quantity === undefined ? null : { quantities: [{ quantity }] },
});
const items = (...nodes: readonly unknown[]) => ({ body: { data: { inventoryItems: { nodes } } } });
const set = (userErrors: readonly unknown[]) => ({
  body: { data: { inventorySetQuantities: { userErrors } } },
});

describe('stock at Shopify', () => {
  const rules = {
    'query Locations': [{ body: LOCATIONS }],
    'query Stock': [items(item('90071992547409931', 'MUG', 3), item('8', 'mug'), item('9', 'CUP'))],
    'mutation SetAvailable': [set([])],
  };

  it('is set for many SKUs in one call, under its own ids, which are looked up once', async () => {
    const { stock, calls } = shopOf(makeShopifyStock, rules);
    const figures = [
      { sku: mug, available: 7 },
      { sku: cup, available: 0 },
      { sku: aSku('NOT-SOLD'), available: 1 },
    ];
    const said = [
      { type: 'absent', sku: 'NOT-SOLD' },
      { type: 'said', sku: 'MUG' },
      { type: 'said', sku: 'CUP' },
    ];
    expect(await stock.tell(connection, figures)).toEqual(said);
    expect(await stock.tell(connection, figures)).toEqual(said);
    expect(calls.map(({ path }) => path)).toEqual(Array(4).fill('/admin/api/2025-07/graphql.json'));
    expect(calls.at(-1)?.body).toMatchObject({
      variables: {
        input: {
          name: 'available',
          ignoreCompareQuantity: true,
          quantities: [
            {
              inventoryItemId: 'gid://shopify/InventoryItem/90071992547409931',
              locationId: 'gid://shopify/Location/1',
              quantity: 7,
            },
            { inventoryItemId: 'gid://shopify/InventoryItem/9', quantity: 0 },
          ],
        },
      },
    });
  });

  it('is shown at the location that the connection names', async () => {
    const { stock, calls } = shopOf(makeShopifyStock, rules);
    await stock.tell({ ...connection, locationId: '42' }, [{ sku: mug, available: 7 }]);
    expect(textOf(calls[0]?.body)).toContain('gid://shopify/Location/42');
    expect(calls).toHaveLength(2);
  });

  it('is told without the figure that is refused', async () => {
    const { stock, calls } = shopOf(makeShopifyStock, {
      ...rules,
      'mutation SetAvailable': [
        set([{ code: 'INVALID_INVENTORY_ITEM', field: ['input', 'quantities', '0', 'inventoryItemId'] }]),
        set([]),
      ],
    });
    const figures = [
      { sku: mug, available: 7 },
      { sku: cup, available: 2 },
    ];
    expect(await stock.tell(connection, figures)).toEqual([
      { type: 'refused', sku: 'MUG', status: 422 },
      { type: 'said', sku: 'CUP' },
    ]);
    expect(textOf(calls.at(-1)?.body)).not.toContain('90071992547409931');
  });

  it('refuses all that it does not say which', async () => {
    const { stock } = shopOf(makeShopifyStock, {
      ...rules,
      'mutation SetAvailable': [set([{ code: 'NOT_ALLOWED', field: null }])],
    });
    expect(await stock.tell(connection, [{ sku: mug, available: 7 }])).toEqual([
      { type: 'refused', sku: 'MUG', status: 422 },
    ]);
  });

  it('is read, with what it does not count', async () => {
    const { stock } = shopOf(makeShopifyStock, rules);
    expect(await stock.read(connection, [mug, cup, aSku('NOT-SOLD')])).toEqual(
      new Map([
        [mug, 3],
        [cup, undefined],
      ]),
    );
  });

  it('asks to wait until its bucket holds what the call costs', async () => {
    const cost = { requestedQueryCost: 120, throttleStatus: { currentlyAvailable: 20, restoreRate: 50 } };
    const { stock } = shopOf(makeShopifyStock, {
      query: [{ body: { errors: [{ extensions: { code: 'THROTTLED' } }], extensions: { cost } } }],
    });
    await expect(stock.tell(connection, [{ sku: mug, available: 7 }])).rejects.toMatchObject({
      name: 'ChannelBusy',
      retryAfterMs: 2_000,
    });
  });

  it.each([
    [{ body: { errors: [{ extensions: { code: 'ACCESS_DENIED' } }] } }, 'ACCESS_DENIED'],
    [{ status: 503, body: {} }, 'answers 503'],
    [{ status: 429, body: {} }, 'asks to wait'],
  ])('throws what may pass: %j', async (answer, message) => {
    const { stock } = shopOf(makeShopifyStock, { query: [answer] });
    await expect(stock.tell(connection, [{ sku: mug, available: 7 }])).rejects.toThrow(message);
  });

  it('refuses every figure of a call that it will not take', async () => {
    const { stock } = shopOf(makeShopifyStock, { query: [{ status: 401, body: {} }] });
    expect(await stock.tell(connection, [{ sku: mug, available: 7 }])).toEqual([
      { type: 'refused', sku: 'MUG', status: 401 },
    ]);
    await expect(stock.read(connection, [mug])).rejects.toThrow('shop.example.com refuses with 401');
  });
});

describe('stock at WooCommerce', () => {
  const PRODUCTS = [
    { id: 732, parent_id: 0, sku: 'MUG', stock_quantity: 4 },
    { id: 733, parent_id: 732, sku: 'CUP', stock_quantity: null },
  ];
  const figures = [
    { sku: mug, available: 7 },
    { sku: cup, available: 2 },
  ];

  it('is set in batches, a variation below its product', async () => {
    const { stock, calls } = shopOf(makeWooCommerceStock, { 'products?sku': [{ body: PRODUCTS }] });
    expect(await stock.tell(connection, [...figures, { sku: aSku('NOT-SOLD'), available: 1 }])).toEqual([
      { type: 'absent', sku: 'NOT-SOLD' },
      { type: 'said', sku: 'MUG' },
      { type: 'said', sku: 'CUP' },
    ]);
    expect(calls.slice(1)).toEqual([
      {
        method: 'POST',
        path: '/wp-json/wc/v3/products/batch',
        body: { update: [{ id: '732', manage_stock: true, stock_quantity: 7 }] },
      },
      {
        method: 'POST',
        path: '/wp-json/wc/v3/products/732/variations/batch',
        body: { update: [{ id: '733', manage_stock: true, stock_quantity: 2 }] },
      },
    ]);
  });

  it('looks up again what the shop no longer knows', async () => {
    const error = { code: 'woocommerce_rest_product_invalid_id', data: { status: 404 } };
    const { stock, calls } = shopOf(makeWooCommerceStock, {
      'products?sku': [{ body: PRODUCTS }],
      'products/batch': [{ body: { update: [{ id: 732, error }] } }, { body: {} }],
    });
    expect(await stock.tell(connection, [{ sku: mug, available: 7 }])).toEqual([
      { type: 'refused', sku: 'MUG', status: 404 },
    ]);
    expect(await stock.tell(connection, [{ sku: mug, available: 7 }])).toEqual([
      { type: 'said', sku: 'MUG' },
    ]);
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST']);
  });

  it('is read, with what it does not count', async () => {
    const { stock } = shopOf(makeWooCommerceStock, { 'products?sku': [{ body: PRODUCTS }] });
    expect(await stock.read(connection, [mug, cup])).toEqual(
      new Map([
        [mug, 4],
        [cup, undefined],
      ]),
    );
  });

  it('asks for twenty SKUs at a time', async () => {
    const { stock, calls } = shopOf(makeWooCommerceStock, { 'products?sku': [{ body: [] }] });
    await stock.read(
      connection,
      Array.from({ length: 45 }, (_, index) => aSku(`S${index}`)),
    );
    expect(calls).toHaveLength(3);
  });
});
