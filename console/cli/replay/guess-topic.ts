import type { LosslessJson } from '../../../shared/platform/json.ts';
import type { Payload } from './payloads.ts';
import type { ChannelName } from './sign-webhook.ts';

const has = (value: LosslessJson | undefined, ...keys: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && keys.every((key) => key in value);

const field = (value: LosslessJson | undefined, key: string): LosslessJson | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, LosslessJson>)[key]
    : undefined;

const SHOPIFY_RESOURCES = [
  'fulfillment_orders',
  'fulfillment_events',
  'fulfillments',
  'inventory_levels',
  'refunds',
  'orders',
  'products',
  'customers',
];

const shopifyTopic = ({ value, wrapper }: Payload, file: string): string => {
  const isOrder = has(value, 'line_items', 'created_at') && !has(value, 'order_id');
  if (isOrder || wrapper === 'order' || wrapper === 'orders')
    return field(value, 'cancelled_at') == null ? 'orders/create' : 'orders/cancelled';
  if (has(value, 'inventory_item_id', 'location_id')) return 'inventory_levels/update';
  if (has(value, 'refund_line_items')) return 'refunds/create';
  if (has(value, 'assigned_location_id')) return 'fulfillment_orders/order_routing_complete';
  if (has(value, 'tracking_number', 'order_id')) return 'fulfillments/create';
  const name = file.toLowerCase();
  const resource = SHOPIFY_RESOURCES.find((known) =>
    (wrapper ?? name).replace(/s$/, '').includes(known.slice(0, -1)),
  );
  const event = /_(create|updated?|delete|cancelled|paid)/.exec(name)?.[1] ?? 'update';
  return resource === undefined ? 'unknown/unknown' : `${resource}/${event}`;
};

const wooTopic = ({ value }: Payload, file: string): string => {
  if (has(value, 'line_items') && has(value, 'status'))
    return ['cancelled', 'refunded', 'completed'].includes(
      JSON.stringify(field(value, 'status')).replaceAll('"', ''),
    )
      ? 'order.updated'
      : 'order.created';
  if (has(value, 'amount') && has(value, 'refunded_by')) return 'action.woocommerce_order_refunded';
  if (has(value, 'id') && Object.keys(value ?? {}).length === 1) return 'order.deleted';
  const [, resource, event] =
    /(order|product|customer|coupon)[._](created|updated|deleted|restored)/.exec(file) ?? [];
  return resource === undefined || event === undefined ? 'unknown.unknown' : `${resource}.${event}`;
};

/** The topic under which a channel would deliver this body, judged by its shape and, failing that, by its file's name. */
export const guessTopic = (channel: ChannelName, payload: Payload, file: string): string =>
  channel === 'shopify' ? shopifyTopic(payload, file) : wooTopic(payload, file);
