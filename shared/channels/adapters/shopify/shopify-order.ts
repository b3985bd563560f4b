import type { CanonicalOrderInput } from '../../../contracts/orders/canonical-order.ts';
import { totalsOf } from '../../domain/order-sum.ts';
import { amountOf } from '../reading/amounts.ts';
import { flagOf, idOf, listOf, objectOf, textOf, type JsonObject } from '../reading/fields.ts';
import { momentOf } from '../reading/moments.ts';
import { addressOf, compact, currencyOf } from '../reading/order-parts.ts';
import { Ignored, Refusal } from '../reading/refusal.ts';
import { readShopifyLines } from './shopify-lines.ts';

const shipToOf = (order: JsonObject) => {
  const address = objectOf(order['shipping_address']);
  return addressOf({
    name: address['name'],
    firstName: address['first_name'],
    lastName: address['last_name'],
    company: address['company'],
    line1: address['address1'],
    line2: address['address2'],
    city: address['city'],
    region: address['province_code'] ?? address['province'],
    postcode: address['zip'],
    country: address['country_code'] ?? address['country'],
    phone: address['phone'],
    latitude: address['latitude'],
    longitude: address['longitude'],
  });
};

const customerOf = (order: JsonObject) => {
  const customer = objectOf(order['customer']);
  const name = [textOf(customer['first_name'], 99), textOf(customer['last_name'], 99)]
    .filter(Boolean)
    .join(' ');
  const found = compact({
    channelCustomerId: idOf(customer['id']),
    email:
      textOf(order['email'], 320) ?? textOf(order['contact_email'], 320) ?? textOf(customer['email'], 320),
    phone: textOf(order['phone'], 50) ?? textOf(customer['phone'], 50),
    name: name === '' ? undefined : name,
  });
  return Object.keys(found).length === 0 ? undefined : found;
};

const shippingLinesOf = (order: JsonObject) =>
  listOf(order['shipping_lines']).filter((line) => flagOf(line['is_removed']) !== true);

/** Shipping after its own discounts; orders without shipping lines may still name a sum. */
const shippingOf = (order: JsonObject, currency: string): number => {
  const lines = shippingLinesOf(order);
  if (lines.length === 0) {
    const set = objectOf(objectOf(order['total_shipping_price_set'])['shop_money']);
    return amountOf(set['amount'], currency, 'total_shipping_price_set') ?? 0;
  }
  return lines.reduce((sum, line) => {
    const discounted = amountOf(line['discounted_price'], currency, 'shipping');
    if (discounted !== undefined) return sum + discounted;
    const off = listOf(line['discount_allocations']).map((entry) =>
      amountOf(entry['amount'], currency, 'shipping'),
    );
    return (
      sum +
      (amountOf(line['price'], currency, 'shipping') ?? 0) -
      off.reduce<number>((a, b) => a + (b ?? 0), 0)
    );
  }, 0);
};

const taxOf = (order: JsonObject, field: string, currency: string): number | undefined => {
  const said = amountOf(order[field], currency, field);
  if (said !== undefined || order['tax_lines'] === undefined || field !== 'total_tax') return said;
  return listOf(order['tax_lines']).reduce(
    (sum, line) => sum + (amountOf(line['price'], currency, 'tax') ?? 0),
    0,
  );
};

/**
 * A Shopify order (REST and webhooks) in the canonical shape. Refunded and removed units are left out while the order
 * lives; when it is cancelled, or nothing is left of it, it is given whole and with the moment of its end. Throws
 * Ignored for test orders and for those that Shopify says are shipped or void, Refusal for what cannot be read.
 */
export const shopifyOrderOf = (
  order: JsonObject,
  context: { readonly connection: string; readonly receivedAt: string },
): CanonicalOrderInput => {
  const channelOrderId = idOf(order['id']);
  if (channelOrderId === undefined) throw new Refusal('the order has no id');
  if (flagOf(order['test']) === true) throw new Ignored('a test order: nothing is to be shipped');
  const currency = currencyOf(order['currency']);
  const { ordered, current } = readShopifyLines(order, currency);
  if (ordered.length === 0) throw new Refusal('the order has no line with a quantity');

  const placedAt = momentOf(order['created_at']) ?? momentOf(order['processed_at']) ?? context.receivedAt;
  const changedAt = momentOf(order['updated_at']) ?? placedAt;
  const cancelledAt = momentOf(order['cancelled_at']) ?? (current.length === 0 ? changedAt : undefined);
  if (cancelledAt === undefined && textOf(order['fulfillment_status']) === 'fulfilled')
    throw new Ignored('the order is fulfilled at the channel: nothing is left to ship');
  if (cancelledAt === undefined && textOf(order['financial_status']) === 'voided')
    throw new Ignored('the payment is void: nothing is to be shipped');

  const isChanged = cancelledAt === undefined && unitsIn(current) !== unitsIn(ordered);
  const lines = cancelledAt === undefined ? current : ordered;
  const pricesIncludeTax = flagOf(order['taxes_included']) ?? false;
  const lineTax = lines.reduce((sum, line) => sum + (line.tax ?? 0), 0);
  return {
    channel: 'shopify',
    connection: context.connection,
    channelOrderId,
    ...compact({ channelOrderNumber: textOf(order['name'], 100) ?? textOf(order['order_number'], 100) }),
    channelVersion: Math.max(0, Date.parse(changedAt)),
    placedAt,
    currency,
    pricesIncludeTax,
    ...compact({
      customer: customerOf(order),
      shipTo: shipToOf(order),
      shippingService: textOf(shippingLinesOf(order)[0]?.['title'], 200),
      cancelledAt,
    }),
    lines: [...lines],
    totals: totalsOf({
      lines: lines.map((line) => ({ ...line, discount: line.discount ?? 0, tax: line.tax ?? 0 })),
      shipping: shippingOf(order, currency),
      tax: taxOf(order, isChanged ? 'current_total_tax' : 'total_tax', currency) ?? lineTax,
      pricesIncludeTax,
      saidGrand: amountOf(order[isChanged ? 'current_total_price' : 'total_price'], currency, 'total_price'),
    }),
  };
};

const unitsIn = (lines: readonly { readonly quantity: number }[]): number =>
  lines.reduce((sum, line) => sum + line.quantity, 0);
