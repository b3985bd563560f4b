import type { Translate, Translation } from '../../application/ports.ts';
import { finishOrder, translating } from '../reading/finish.ts';
import { idOf, type Json } from '../reading/fields.ts';
import { soleOrderIn } from '../reading/order-parts.ts';
import { wooOrderOf } from './woocommerce-order.ts';

const ignored = (reason: string): Translation => ({ kind: 'ignored', reason });

const translateOrder = (payload: Json, topic: string, context: Parameters<Translate>[0]): Translation => {
  const fields = soleOrderIn(payload, 'order', 'orders');
  const id = idOf(fields['id']);
  if (topic === 'order.deleted' && id !== undefined)
    return { kind: 'cancellation', channelOrderId: id, reason: 'deleted at the channel' };
  if ('refunded_by' in fields || ('amount' in fields && !('billing' in fields)))
    return ignored('a refund: the order itself comes with order.updated');
  if ('line_items' in fields && 'currency' in fields) return finishOrder(wooOrderOf(fields, context));
  return id !== undefined && Object.keys(fields).length <= 2
    ? { kind: 'refused', reason: 'the delivery carries an id only, not the order' }
    : ignored('not an order');
};

/** Translates a webhook of WooCommerce's order topics; replays without a topic are judged by their shape. */
export const translateWooCommerce: Translate = (context, text) => {
  const topic = context.topic.toLowerCase();
  if (topic === 'ping' || /^webhook_id=\d+$/.test(text.trim()))
    return ignored('the ping that WooCommerce sends when a webhook is activated');
  const [resource = ''] = topic.split('.');
  if (/refund/.test(topic)) return ignored('a refund: the order itself comes with order.updated');
  if (!['order', '', 'unknown'].includes(resource))
    return ignored(`topic ${topic.slice(0, 60)} is not about orders`);
  return translating(text, (payload) => translateOrder(payload, topic, context));
};
