import { decodeWooSecret, deliveryIdOf, signWebhook } from '../../../console/cli/replay/sign-webhook.ts';

const body = Buffer.from('{"id":727,"status":"processing","total":"29.35"}');
const delivery = { connection: 'main', body, id: 'delivery-1' };

describe('a signed webhook', () => {
  it('of Shopify carries the base64 HMAC-SHA256 of its bytes', () => {
    const headers = signWebhook(
      { ...delivery, channel: 'shopify', topic: 'orders/create' },
      'woo-test-secret',
    );
    expect(headers).toMatchObject({
      'x-shopify-topic': 'orders/create',
      'x-shopify-webhook-id': 'delivery-1',
      'x-shopify-hmac-sha256': 'gWL479L0RB6OoDk0HMeuoUsD0gnhGkGojA0Yx858jAI=',
    });
  });

  it('of WooCommerce is signed with the secret as it reads without HTML escapes', () => {
    const woo = { ...delivery, channel: 'woocommerce', topic: 'order.created' } as const;
    const escaped = signWebhook(woo, 'a&amp;b&#039;c');
    expect(escaped['x-wc-webhook-signature']).toBe('XeHIhMeVxiXQALvz6eQL/WQ+qf7wcMQgvkr7ypcT3ao=');
    expect(escaped).toMatchObject({ 'x-wc-webhook-resource': 'order', 'x-wc-webhook-event': 'created' });
    expect(signWebhook(woo, "a&b'c")).toEqual(escaped);
  });

  it('has an id that is the same for the same bytes on the same topic, and another otherwise', () => {
    const id = deliveryIdOf('main', 'orders/create', body);
    expect(deliveryIdOf('main', 'orders/create', body)).toBe(id);
    expect(deliveryIdOf('other', 'orders/create', body)).not.toBe(id);
    expect(deliveryIdOf('main', 'orders/updated', body)).not.toBe(id);
    expect(deliveryIdOf('main', 'orders/create', body, 'again')).not.toBe(id);
  });
});

describe('a WooCommerce secret', () => {
  it('is decoded once only', () => {
    expect(decodeWooSecret('&amp;lt;')).toBe('&lt;');
    expect(decodeWooSecret('&lt;a&gt; &quot;b&quot; &#39;c&#x27;')).toBe(`<a> "b" 'c'`);
  });
});
