import { createHash, createHmac } from 'node:crypto';

export type ChannelName = 'shopify' | 'woocommerce';

const QUOTED: readonly (readonly [RegExp, string])[] = [
  [/&lt;|&#0*60;|&#x0*3c;/gi, '<'],
  [/&gt;|&#0*62;|&#x0*3e;/gi, '>'],
  [/&quot;|&#0*34;|&#x0*22;/gi, '"'],
  [/&#0*39;|&#x0*27;|&apos;/gi, "'"],
  [/&amp;|&#0*38;|&#x0*26;/gi, '&'],
];

/** WooCommerce keeps the secret HTML-escaped and signs with it decoded (wp_specialchars_decode, ENT_QUOTES). */
export const decodeWooSecret = (secret: string): string =>
  QUOTED.reduce((text, [pattern, character]) => text.replace(pattern, character), secret);

const hmac = (secret: string, body: Uint8Array): string =>
  createHmac('sha256', secret).update(body).digest('base64');

export type Delivery = {
  readonly channel: ChannelName;
  readonly connection: string;
  readonly topic: string;
  readonly body: Uint8Array;
  /** The channel's own id of this delivery: the same id is the same delivery. */
  readonly id: string;
};

/** The same bytes on the same topic of the same connection are the same delivery, so that a replay changes nothing. */
export const deliveryIdOf = (connection: string, topic: string, body: Uint8Array, salt = ''): string => {
  const hash = createHash('sha256').update(`${connection}\n${topic}\n${salt}\n`).update(body).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join('-');
};

/** The headers under which a channel delivers `body`, signed over its raw bytes. */
export const signWebhook = (delivery: Delivery, secret: string): Record<string, string> => {
  const { channel, connection, topic, body, id } = delivery;
  if (channel === 'shopify')
    return {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-hmac-sha256': hmac(secret, body),
      'x-shopify-shop-domain': `${connection.toLowerCase()}.myshopify.com`,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': id,
      'x-shopify-event-id': id,
    };
  const [resource = '', event = ''] = topic.split('.');
  return {
    'content-type': 'application/json',
    'x-wc-webhook-source': `https://${connection.toLowerCase()}.example.com/`,
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': resource,
    'x-wc-webhook-event': event,
    'x-wc-webhook-signature': hmac(decodeWooSecret(secret), body),
    'x-wc-webhook-id': '1',
    'x-wc-webhook-delivery-id': id,
  };
};
