import type { CanonicalOrderInput } from '../../../contracts/orders/canonical-order.ts';
import { priceLine } from '../../domain/line-price.ts';
import { totalsOf } from '../../domain/order-sum.ts';
import { amountOf } from '../reading/amounts.ts';
import { idOf, listOf, objectOf, textOf, unitsOf, type JsonObject } from '../reading/fields.ts';
import { momentOf } from '../reading/moments.ts';
import { addressOf, compact, currencyOf, requireDistinct, skuOf } from '../reading/order-parts.ts';
import { Ignored, Refusal } from '../reading/refusal.ts';

type CanonicalLine = CanonicalOrderInput['lines'][number];

/** Not paid, not finished or not an order yet: WooCommerce says `processing` once there is something to ship. */
const NOT_YET = new Set(['pending', 'on-hold', 'failed', 'draft', 'checkout-draft', 'auto-draft', 'new']);
const ENDED = new Set(['cancelled', 'canceled', 'refunded', 'trash']);

const fallbackSku = (fields: JsonObject, id: string): string => {
  const variation = idOf(fields['variation_id']);
  const product = idOf(fields['product_id']);
  if (variation !== undefined) return `variation:${variation}`;
  return product === undefined ? `custom:${id}` : `product:${product}`;
};

const lineOf = (fields: JsonObject, index: number, currency: string): CanonicalLine | undefined => {
  const id = idOf(fields['id']) ?? `position-${index + 1}`;
  const ordered = unitsOf(fields['quantity']);
  if (ordered === undefined) throw new Refusal(`line ${id} has no quantity`);
  if (ordered === 'unreadable') throw new Refusal(`line ${id}: the quantity is not a whole number of units`);
  if (ordered === 0) return undefined;
  const price = amountOf(fields['price'], currency, `line ${id}: price`);
  const total =
    amountOf(fields['total'], currency, `line ${id}: total`) ??
    (price === undefined ? undefined : price * ordered);
  if (total === undefined) throw new Refusal(`line ${id} has no price`);
  const subtotal = amountOf(fields['subtotal'], currency, `line ${id}: subtotal`) ?? total;
  return {
    lineId: id,
    sku: skuOf(fields['sku'], fallbackSku(fields, id), id),
    ...compact({ title: textOf(fields['name']) }),
    quantity: ordered,
    ...priceLine(subtotal, total, ordered),
    tax: amountOf(fields['total_tax'], currency, `line ${id}: tax`) ?? 0,
  };
};

const addressIn = (fields: JsonObject) =>
  addressOf({
    name: undefined,
    firstName: fields['first_name'],
    lastName: fields['last_name'],
    company: fields['company'],
    line1: fields['address_1'],
    line2: fields['address_2'],
    city: fields['city'],
    region: fields['state'],
    postcode: fields['postcode'],
    country: fields['country'],
    phone: fields['phone'],
  });

const customerOf = (order: JsonObject) => {
  const billing = objectOf(order['billing']);
  const name = [textOf(billing['first_name'], 99), textOf(billing['last_name'], 99)]
    .filter(Boolean)
    .join(' ');
  const found = compact({
    channelCustomerId: idOf(order['customer_id']),
    email: textOf(billing['email'], 320),
    phone: textOf(billing['phone'], 50),
    name: name === '' ? undefined : name,
  });
  return Object.keys(found).length === 0 ? undefined : found;
};

const requireShippable = (status: string): void => {
  if (NOT_YET.has(status)) throw new Ignored(`the order is ${status}: nothing is to be shipped yet`);
  if (status === 'completed')
    throw new Ignored('the order is completed at the channel: nothing is left to ship');
};

/**
 * A WooCommerce order (REST v1 to v3 and webhooks) in the canonical shape. Its line amounts never contain tax, even
 * where the shop's prices do. Throws Ignored for orders that are not paid, or completed; Refusal for what cannot be read.
 */
export const wooOrderOf = (
  order: JsonObject,
  context: { readonly connection: string; readonly receivedAt: string },
): CanonicalOrderInput => {
  const channelOrderId = idOf(order['id']);
  if (channelOrderId === undefined) throw new Refusal('the order has no id');
  const status = (textOf(order['status']) ?? 'processing').toLowerCase().replace(/^wc-/, '');
  const currency = currencyOf(order['currency']);
  const placedAt =
    momentOf(order['date_created_gmt']) ?? momentOf(order['date_created']) ?? context.receivedAt;
  const changedAt = momentOf(order['date_modified_gmt']) ?? momentOf(order['date_modified']) ?? placedAt;
  if (!ENDED.has(status)) requireShippable(status);

  const items = listOf(order['line_items']);
  const lines = items.flatMap((fields, index) => lineOf(fields, index, currency) ?? []);
  requireDistinct(lines.map((line) => line.lineId));
  if (lines.length === 0) throw new Refusal('the order has no line with a quantity');
  const billing = addressIn(objectOf(order['billing']));
  const hasShipping = listOf(order['shipping_lines']).length > 0;
  return {
    channel: 'woocommerce',
    connection: context.connection,
    channelOrderId,
    ...compact({ channelOrderNumber: textOf(order['number'], 100) }),
    channelVersion: Math.max(0, Date.parse(changedAt)),
    placedAt,
    currency,
    pricesIncludeTax: false,
    ...compact({
      customer: customerOf(order),
      shipTo: addressIn(objectOf(order['shipping'])) ?? (hasShipping ? billing : undefined),
      shippingService: textOf(listOf(order['shipping_lines'])[0]?.['method_title'], 200),
      cancelledAt: ENDED.has(status) ? changedAt : undefined,
    }),
    lines,
    totals: totalsOf({
      lines: lines.map((line) => ({ ...line, discount: line.discount ?? 0, tax: line.tax ?? 0 })),
      shipping: shippingOf(order, currency),
      tax:
        amountOf(order['total_tax'], currency, 'total_tax') ??
        lines.reduce((sum, line) => sum + (line.tax ?? 0), 0),
      pricesIncludeTax: false,
      saidGrand: amountOf(order['total'], currency, 'total'),
    }),
  };
};

const shippingOf = (order: JsonObject, currency: string): number =>
  amountOf(order['shipping_total'], currency, 'shipping_total') ??
  amountOf(order['total_shipping'], currency, 'total_shipping') ??
  listOf(order['shipping_lines']).reduce(
    (sum, line) => sum + (amountOf(line['total'], currency, 'shipping') ?? 0),
    0,
  );
