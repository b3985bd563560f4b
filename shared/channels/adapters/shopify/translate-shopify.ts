import type { Translate, Translation } from '../../application/ports.ts';
import { finishOrder, translating } from '../reading/finish.ts';
import { idOf, objectOf, type Json, type JsonObject } from '../reading/fields.ts';
import { soleOrderIn } from '../reading/order-parts.ts';
import { shopifyOrderOf } from './shopify-order.ts';

const ignored = (reason: string): Translation => ({ kind: 'ignored', reason });

/** Why deliveries of these topics are left alone. */
const OTHER_TOPICS: Readonly<Record<string, string>> = {
  refunds: 'a refund: what is left of the order comes with orders/updated',
  order_edits: 'an order edit names its changes only: the order comes with orders/updated',
  draft_orders: 'a draft order is not an order yet',
  fulfillments: 'a fulfilment of the channel: shipments are said by our nodes',
  fulfillment_events: 'a fulfilment of the channel: shipments are said by our nodes',
  fulfillment_orders: 'a fulfilment order of the channel: routing is ours',
  inventory_levels: 'a stock level of the channel: stock is ours, and told to it',
  inventory_items: 'a stock item of the channel: the catalogue is ours',
};

/** What a payload is about when its topic does not say: by the fields that only that kind has. */
const SHAPES: readonly (readonly [field: string, topic: string])[] = [
  ['order_edit', 'order_edits'],
  ['refund', 'refunds'],
  ['refund_line_items', 'refunds'],
  ['draft_order', 'draft_orders'],
  ['invoice_sent_at', 'draft_orders'],
  ['fulfillment_order', 'fulfillment_orders'],
  ['fulfillment_order_line_items', 'fulfillment_orders'],
  ['original_fulfillment_order', 'fulfillment_orders'],
  ['assigned_location_id', 'fulfillment_orders'],
  ['fulfillment', 'fulfillments'],
  ['fulfillments', 'fulfillments'],
  ['tracking_numbers', 'fulfillments'],
  ['fulfillment_event', 'fulfillment_events'],
  ['inventory_level', 'inventory_levels'],
  ['inventory_levels', 'inventory_levels'],
  ['inventory_item_id', 'inventory_levels'],
];

const otherShapeOf = (payload: Json): string | undefined => {
  const fields = objectOf(Array.isArray(payload) ? payload[0] : payload);
  return 'line_items' in fields && 'currency' in fields
    ? undefined
    : SHAPES.find(([field]) => field in fields)?.[1];
};

const isOrder = (fields: JsonObject): boolean =>
  'line_items' in fields &&
  'id' in fields &&
  !('abandoned_checkout_url' in fields) &&
  !('order_id' in fields);

const translateOrder = (payload: Json, topic: string, context: Parameters<Translate>[0]): Translation => {
  if (topic === 'orders/edited') return ignored(OTHER_TOPICS['order_edits'] ?? '');
  const fields = soleOrderIn(payload, 'order', 'orders');
  const id = idOf(fields['id']);
  if (topic === 'orders/delete' && id !== undefined)
    return { kind: 'cancellation', channelOrderId: id, reason: 'deleted at the channel' };
  if (isOrder(fields)) return finishOrder(shopifyOrderOf(fields, context));
  return id !== undefined && Object.keys(fields).length <= 2
    ? { kind: 'refused', reason: 'the delivery carries an id only, not the order' }
    : ignored('not an order');
};

/** Translates a webhook of Shopify's order topics; replays without a topic are judged by their shape. */
export const translateShopify: Translate = (context, text) =>
  translating(text, (payload) => {
    const topic = context.topic.toLowerCase();
    const [resource = ''] = topic.split('/');
    const isOrderTopic = resource === 'orders';
    const other = isOrderTopic
      ? undefined
      : (OTHER_TOPICS[resource] ?? OTHER_TOPICS[otherShapeOf(payload) ?? '']);
    if (other !== undefined) return ignored(other);
    if (isOrderTopic || resource === '' || resource === 'unknown')
      return translateOrder(payload, topic, context);
    return ignored(`topic ${topic.slice(0, 60)} is not about orders`);
  });
