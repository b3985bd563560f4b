import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { makeApiClient, type ApiClient } from '../../../console/cli/api-client.ts';
import type { BasketReservation, OrderDetail } from '../../../console/cli/api-types.ts';
import type { Delivery } from '../../../shared/contracts/channels/routes.ts';

const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: run the suite with "npm run test:integration"`);
  return value;
};

/** The deployed stack under test, as an operator reaches it. Missing settings fail the suite, they never skip it. */
export const operator = (): ApiClient =>
  makeApiClient({ url: given('SWITCHYARD_URL'), key: given('SWITCHYARD_KEY') });
export const nobody = (): ApiClient => makeApiClient({ url: given('SWITCHYARD_URL') });
export const withKey = (key: string): ApiClient => makeApiClient({ url: given('SWITCHYARD_URL'), key });

/** A name that no other test of this or an earlier run has used. */
export const unique = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`;

/** Asks until `done` says so; fails with the last answer when it takes too long. */
export const eventually = async <Value>(
  ask: () => Promise<Value>,
  done: (value: Value) => boolean,
  withinMs = 60_000,
): Promise<Value> => {
  const until = Date.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (done(value)) return value;
    if (Date.now() > until)
      throw new Error(`not within ${withinMs} ms; last seen: ${JSON.stringify(value).slice(0, 2_000)}`);
    await wait(200);
  }
};

export const putNode = async (
  api: ApiClient,
  nodeId: string,
  over: Record<string, unknown> = {},
): Promise<void> => {
  await api.call({
    method: 'PUT',
    path: `/v1/nodes/${nodeId}`,
    body: {
      name: nodeId,
      type: 'warehouse',
      address: { country: 'US', region: 'OH', latitude: 40, longitude: -83 },
      costs: { perShipment: 120, perUnit: 45 },
      ...over,
    },
  });
};

export const putItem = async (
  api: ApiClient,
  sku: string,
  over: Record<string, unknown> = {},
): Promise<void> => {
  await api.call({
    method: 'PUT',
    path: `/v1/items/${encodeURIComponent(sku)}`,
    body: { title: sku, weightGrams: 500, ...over },
  });
};

export const putStock = async (
  api: ApiClient,
  sku: string,
  nodeId: string,
  onHand: number,
): Promise<void> => {
  await api.call({
    method: 'PUT',
    path: `/v1/stock/${encodeURIComponent(sku)}/${nodeId}`,
    body: { key: unique('count'), onHand },
  });
};

export const aBasketId = (): string => unique('bsk').replace('bsk-', 'bsk_');

/** Holds units of one cell for a basket. */
export const holdBasket = async (
  api: ApiClient,
  { nodeId, sku }: { readonly nodeId: string; readonly sku: string },
  quantity: number,
  minutes: number,
  reservationId = aBasketId(),
): Promise<BasketReservation> => {
  const { body } = await api.call<BasketReservation>({
    method: 'POST',
    path: '/v1/reservations',
    body: { reservationId, minutes, lines: [{ sku, quantity, nodeIds: [nodeId] }] },
  });
  return body;
};

/** A canonical order of one line a SKU, worth 10.00 a unit. */
export const canonicalOrderOf = (
  lines: Readonly<Record<string, number>>,
  over: Record<string, unknown> = {},
) => {
  const entries = Object.entries(lines);
  const goods = entries.reduce((sum, [, quantity]) => sum + 1_000 * quantity, 0);
  return {
    channel: 'api',
    connection: 'integration',
    channelOrderId: unique('o'),
    channelVersion: Date.now(),
    placedAt: new Date().toISOString(),
    currency: 'USD',
    shipTo: {
      name: 'Test Person',
      line1: '1 Main Street',
      city: 'Columbus',
      region: 'OH',
      postcode: '43004',
      country: 'US',
    },
    lines: entries.map(([sku, quantity], index) => ({
      lineId: String(index + 1),
      sku,
      quantity,
      unitPrice: 1_000,
      total: 1_000 * quantity,
    })),
    totals: { goods, discount: 0, shipping: 0, tax: 0, grand: goods },
    ...over,
  };
};

export const placeOrder = async (
  api: ApiClient,
  order: ReturnType<typeof canonicalOrderOf>,
): Promise<string> => {
  const { body } = await api.call<{ orderId: string }>({
    method: 'POST',
    path: '/v1/orders',
    body: order,
    headers: { 'idempotency-key': order.channelOrderId },
  });
  return body.orderId;
};

export const orderOf = (api: ApiClient, orderId: string): Promise<OrderDetail> =>
  api.get(`/v1/orders/${orderId}`);

/** Waits until routing has asked nodes to work on the order, and gives what it asked. */
export const workOf = async (
  api: ApiClient,
  orderId: string,
  pieces = 1,
): Promise<OrderDetail['fulfilmentOrders']> =>
  (
    await eventually(
      () => orderOf(api, orderId),
      (order) => order.fulfilmentOrders.filter(({ status }) => status === 'requested').length >= pieces,
    )
  ).fulfilmentOrders.filter(({ status }) => status === 'requested');

export const answer = async (
  api: ApiClient,
  fulfilmentOrderId: string,
  what: string,
  body: unknown = {},
): Promise<void> => {
  await api.call({ method: 'POST', path: `/v1/fulfilment-orders/${fulfilmentOrderId}/${what}`, body });
};

/** Plays the node that takes the work and ships all of it. */
export const shipAll = async (
  api: ApiClient,
  work: OrderDetail['fulfilmentOrders'][number],
): Promise<void> => {
  await answer(api, work.fulfilmentOrderId, 'acceptance');
  await answer(api, work.fulfilmentOrderId, 'shipment', {
    lines: work.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    tracking: { carrier: 'UPS', number: '1Z999AA10123456784' },
  });
};

export const signShopify = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body, 'utf8').digest('base64');

export const sendShopify = (
  connection: string,
  secret: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(`${given('SWITCHYARD_URL')}/channels/shopify/${connection}/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-hmac-sha256': signShopify(secret, body),
      ...headers,
    },
  });

export const outcomeOf = (api: ApiClient, deliveryId: string): Promise<Delivery> =>
  eventually(
    () => api.get<Delivery>(`/v1/deliveries/${deliveryId}`),
    (delivery) => delivery.status !== 'received',
  );
