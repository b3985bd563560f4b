import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Header, WebhookProtocol } from '../application/receive-webhook.ts';
import type { ChannelName } from '../domain/delivery.ts';

/** Compared as bytes in constant time; what is not base64 of 32 bytes differs in length and is wrong. */
const isHmacOf = (rawBody: Uint8Array, secret: string, signature: string | undefined): boolean => {
  const said = Buffer.from(signature ?? '', 'base64');
  const ours = createHmac('sha256', secret).update(rawBody).digest();
  return said.length === ours.length && timingSafeEqual(said, ours);
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
};

/** WordPress keeps the secret HTML-escaped and signs with what `wp_specialchars_decode(…, ENT_QUOTES)` makes of it. */
const htmlDecoded = (secret: string): string =>
  secret.replace(
    /&(?:amp|lt|gt|quot|apos|#0?39|#x27);/gi,
    (entity) => ENTITIES[entity.toLowerCase()] ?? entity,
  );

const PING = /^webhook_id=\d{1,20}$/;

/** Shopify names its headers with and without the `X-`. */
const shopifyHeader = (header: Header, name: string): string | undefined =>
  header(`x-shopify-${name}`) ?? header(`shopify-${name}`);

const shopify: WebhookProtocol = {
  isSigned: (rawBody, header, secret) => isHmacOf(rawBody, secret, shopifyHeader(header, 'hmac-sha256')),
  isPing: () => false,
  topic: (header) => shopifyHeader(header, 'topic') ?? '',
  // One action of a merchant has one event id under several topics; the id of the delivery is the narrower name.
  deliveryName: (header) => shopifyHeader(header, 'webhook-id') ?? shopifyHeader(header, 'event-id'),
};

const woocommerce: WebhookProtocol = {
  isSigned: (rawBody, header, secret) =>
    isHmacOf(rawBody, htmlDecoded(secret), header('x-wc-webhook-signature')) ||
    (secret !== htmlDecoded(secret) && isHmacOf(rawBody, secret, header('x-wc-webhook-signature'))),
  isPing: (rawBody, header) =>
    header('x-wc-webhook-signature') === undefined &&
    rawBody.length < 40 &&
    PING.test(Buffer.from(rawBody).toString('latin1').trim()),
  topic: (header) => header('x-wc-webhook-topic') ?? '',
  deliveryName: (header) => header('x-wc-webhook-delivery-id'),
};

const PROTOCOLS: Readonly<Record<ChannelName, WebhookProtocol>> = { shopify, woocommerce };
export const protocolOf = (channel: ChannelName): WebhookProtocol => PROTOCOLS[channel];

/** `dlv_` and 128 bits of a hash over the parts, each preceded by its length so that no two lists of parts collide. */
export const deriveDeliveryId = (parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return `dlv_${hash.digest('hex').slice(0, 32)}`;
};

/** Why the bytes are not a JSON payload in UTF-8; undefined when they are. */
export const unreadableBecause = (rawBody: Uint8Array): string | undefined => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
  } catch {
    return 'is not UTF-8';
  }
  try {
    const payload: unknown = JSON.parse(text);
    return typeof payload === 'object' && payload !== null ? undefined : 'is neither an object nor a list';
  } catch {
    return 'is not JSON';
  }
};
