import { createHmac } from 'node:crypto';
import {
  deriveDeliveryId,
  protocolOf,
  unreadableBecause,
} from '../../../shared/channels/adapters/webhook-protocols.ts';
import { makeReceiveWebhook } from '../../../shared/channels/application/receive-webhook.ts';
import type { ChannelName } from '../../../shared/channels/domain/delivery.ts';
import type { KeepOutcome } from '../../../shared/channels/application/ports.ts';

const SECRET = 'a&amp;b&#039;c';
const sign = (body: Uint8Array, secret: string) => createHmac('sha256', secret).update(body).digest('base64');

const makeReceiver = (keep?: () => Promise<KeepOutcome>) => {
  const kept = new Map<string, Uint8Array>();
  const receive = makeReceiveWebhook({
    connections: {
      find: async ({ connection }) => (connection === 'main' ? { webhookSecret: SECRET } : undefined),
    },
    deliveries: {
      keep:
        keep ??
        (async ({ deliveryId }, rawBody) => {
          if (kept.has(deliveryId)) return 'keptBefore';
          kept.set(deliveryId, rawBody);
          return 'kept';
        }),
    },
    protocolOf,
    unreadableBecause,
    deriveDeliveryId,
    now: () => '2026-11-23T10:00:00.000Z',
  });
  const send = (
    channel: ChannelName,
    body: string | Uint8Array,
    headers: Record<string, string>,
    connection = 'main',
  ) =>
    receive(
      { channel, connection },
      typeof body === 'string' ? Buffer.from(body) : body,
      (name) => headers[name],
    );
  return { kept, send };
};

const shopify = (body: string | Uint8Array, more: Record<string, string> = {}) => ({
  'x-shopify-hmac-sha256': sign(Buffer.from(body), SECRET),
  'x-shopify-topic': 'orders/create',
  ...more,
});
const woo = (body: string, secret = "a&b'c") => ({
  'x-wc-webhook-signature': sign(Buffer.from(body), secret),
  'x-wc-webhook-topic': 'order.created',
});

describe('the webhook receiver', () => {
  const BODY = '{"id":9200000000000000123}';

  it('keeps a signed delivery as the bytes that came', async () => {
    const { kept, send } = makeReceiver();
    const received = await send('shopify', BODY, shopify(BODY));
    expect(received).toMatchObject({ ok: true, value: { repeated: false } });
    expect([...kept.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual([BODY]);
  });

  it('says that a delivery came before, by the name that the channel gave it', async () => {
    const { kept, send } = makeReceiver();
    const headers = { 'x-shopify-webhook-id': 'b54557e4' };
    const first = await send('shopify', BODY, shopify(BODY, headers));
    const again = await send('shopify', BODY, shopify(BODY, headers));
    expect(again).toEqual({ ok: true, value: { ...(first.ok && first.value), repeated: true } });
    expect(kept.size).toBe(1);
  });

  it('keeps two topics of one event apart', async () => {
    const { kept, send } = makeReceiver();
    const event = { 'shopify-event-id': 'e1' };
    await send('shopify', BODY, shopify(BODY, event));
    await send('shopify', BODY, shopify(BODY, { ...event, 'x-shopify-topic': 'orders/paid' }));
    expect(kept.size).toBe(2);
  });

  it('takes the body and topic for a name where the channel gives none', async () => {
    const { kept, send } = makeReceiver();
    await send('woocommerce', BODY, woo(BODY));
    await send('woocommerce', BODY, woo(BODY));
    expect(kept.size).toBe(1);
  });

  it('reads Shopify headers without their X-', async () => {
    const { send } = makeReceiver();
    const headers = {
      'shopify-hmac-sha256': sign(Buffer.from(BODY), SECRET),
      'shopify-topic': 'orders/create',
    };
    expect(await send('shopify', BODY, headers)).toMatchObject({ ok: true });
  });

  it('verifies WooCommerce over the HTML-decoded secret', async () => {
    const { send } = makeReceiver();
    expect(await send('woocommerce', BODY, woo(BODY))).toMatchObject({ ok: true });
  });

  it.each([
    ['another secret', { 'x-shopify-hmac-sha256': sign(Buffer.from(BODY), 'other') }],
    ['no signature', {}],
    ['a short one', { 'x-shopify-hmac-sha256': 'YWJj' }],
    ['the signature of other bytes', { 'x-shopify-hmac-sha256': sign(Buffer.from(`${BODY} `), SECRET) }],
  ])('refuses a delivery with %s and keeps nothing', async (_, headers) => {
    const { kept, send } = makeReceiver();
    expect(await send('shopify', BODY, headers)).toEqual({ ok: false, refusal: { type: 'wrongSignature' } });
    expect(kept.size).toBe(0);
  });

  it.each([
    ['no JSON', Buffer.from('{"id":'), 'is not JSON'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'is not UTF-8'],
    ['a bare number', Buffer.from('5'), 'is neither an object nor a list'],
  ])('refuses signed bytes that are %s', async (_, body, reason) => {
    const { kept, send } = makeReceiver();
    const received = await send('shopify', body, shopify(body));
    expect(received).toEqual({ ok: false, refusal: { type: 'unreadable', reason } });
    expect(kept.size).toBe(0);
  });

  it('refuses an unknown connection and a body that is too large', async () => {
    expect(await makeReceiver().send('shopify', BODY, shopify(BODY), 'other')).toEqual({
      ok: false,
      refusal: { type: 'unknownConnection' },
    });
    const { send } = makeReceiver(async () => 'tooLarge');
    expect(await send('shopify', BODY, shopify(BODY))).toEqual({ ok: false, refusal: { type: 'tooLarge' } });
  });

  it('acknowledges nothing when the store does not answer', async () => {
    const { send } = makeReceiver(async () => {
      throw new Error('the table is away');
    });
    await expect(send('shopify', BODY, shopify(BODY))).rejects.toThrow('the table is away');
  });

  it('keeps the unsigned ping of WooCommerce once, however many are sent', async () => {
    const { kept, send } = makeReceiver();
    for (const number of [1, 2, 3])
      expect(await send('woocommerce', `webhook_id=${number}`, {})).toMatchObject({ ok: true });
    expect(kept.size).toBe(1);
  });

  it('takes nothing else without a signature for a ping', async () => {
    const { send } = makeReceiver();
    for (const body of ['webhook_id=1&x=1', '{"webhook_id":1}', 'webhook_id='])
      expect(await send('woocommerce', body, {})).toMatchObject({ refusal: { type: 'wrongSignature' } });
    expect(await send('shopify', 'webhook_id=1', {})).toMatchObject({ refusal: { type: 'wrongSignature' } });
  });
});
