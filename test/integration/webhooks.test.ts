import { makeShopifyOrder } from '../support/integration/shopify-order.ts';
import {
  operator,
  orderOf,
  outcomeOf,
  putItem,
  sendShopify,
  unique,
  withKey,
  nobody,
  putNode,
} from '../support/integration/stack.ts';

const api = operator();
const SECRET = 'shpss_integration';
const connection = unique('shop');
const sku = unique('SKU');

beforeAll(async () => {
  await putItem(api, sku);
  await api.call({
    method: 'PUT',
    path: `/v1/connections/shopify/${connection}`,
    body: { webhookSecret: SECRET },
  });
});

describe('webhooks of a channel', () => {
  it('turn fifty identical deliveries at once into one order and fifty acknowledgements', async () => {
    const body = makeShopifyOrder({ id: '820982911946154508', sku });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        sendShopify(connection, SECRET, body, { 'x-shopify-webhook-id': 'one-and-the-same' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 202));
    const bodies = (await Promise.all(answers.map((each) => each.json()))) as {
      deliveryId: string;
      repeated: boolean;
    }[];
    expect(new Set(bodies.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(bodies.filter(({ repeated }) => !repeated)).toHaveLength(1);

    const delivery = await outcomeOf(api, bodies[0]?.deliveryId ?? '');
    expect(delivery.status).toBe('accepted');
    const order = await orderOf(api, delivery.orderId ?? '');
    expect(order.channelOrderId).toBe('820982911946154508');
  });

  it('never make one channel order two, however often it is told under new delivery ids', async () => {
    const body = makeShopifyOrder({ id: '9007199254740993', sku });
    const told = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        sendShopify(connection, SECRET, body, { 'x-shopify-webhook-id': `again-${index}` }).then((each) =>
          each.json(),
        ),
      ),
    );
    const outcomes = await Promise.all(
      (told as { deliveryId: string }[]).map(({ deliveryId }) => outcomeOf(api, deliveryId)),
    );
    expect(outcomes.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'duplicate')).toHaveLength(9);
  });

  it('answer 401 to a wrong signature and 400 to a body that cannot be read', async () => {
    const body = makeShopifyOrder({ id: '1', sku });
    expect((await sendShopify(connection, 'another secret', body)).status).toBe(401);
    expect((await sendShopify(connection, SECRET, '{"id": 1')).status).toBe(400);
    expect((await sendShopify(unique('nobody'), SECRET, body)).status).toBe(404);
  });
});

describe('the keys of the API', () => {
  it('open nothing when they are missing or wrong', async () => {
    await expect(nobody().get('/v1/orders')).rejects.toMatchObject({ status: 401 });
    await expect(withKey('sy_not-a-key-at-all-0123456789').get('/v1/orders')).rejects.toMatchObject({
      status: 403,
    });
  });

  it('of a node do not speak for another node, nor for the operator', async () => {
    const nodeId = unique('N');
    await putNode(api, nodeId);
    const { body } = await api.call<{ key: string }>({
      method: 'POST',
      path: '/v1/keys',
      body: { scope: 'node', nodeId, label: 'till' },
    });
    const node = withKey(body.key);
    expect(await node.get(`/v1/fulfilment-orders`, { node: nodeId })).toMatchObject({ items: [] });
    await expect(node.get('/v1/fulfilment-orders', { node: 'SOMEBODY-ELSE' })).rejects.toMatchObject({
      status: 403,
    });
    await expect(node.get('/v1/orders')).rejects.toMatchObject({ status: 403 });
  });
});
