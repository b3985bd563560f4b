import { stringify } from 'lossless-json';
import { TAX_RATE, decimal, discountOf, totalsOf, type ShopOrder } from './shop-order.ts';

/** Shopify's ids are 64-bit; these lie beyond 2^53, where JSON.parse would bend them. */
const FIRST_ORDER = 820_982_911_946_150_000n;
const FIRST_LINE = 866_550_311_766_430_000n;

export const shopifyOrderId = (number: number): string => String(FIRST_ORDER + BigInt(number));

export const shopifyLineId = (number: number, index: number): string =>
  String(FIRST_LINE + BigInt(number * 100 + index));

const moneySet = (cents: number) => {
  const amount = { amount: decimal(cents), currency_code: 'USD' };
  return { shop_money: amount, presentment_money: amount };
};

const addressOf = ({ shipTo, customer }: ShopOrder) => ({
  first_name: 'Customer',
  last_name: customer,
  name: `Customer ${customer}`,
  company: null,
  address1: shipTo.line1,
  address2: null,
  phone: null,
  city: shipTo.city,
  zip: shipTo.postcode,
  province: shipTo.region,
  province_code: shipTo.region,
  country: 'United States',
  country_code: 'US',
  latitude: shipTo.latitude,
  longitude: shipTo.longitude,
});

const linesOf = (order: ShopOrder, taxes: readonly number[]) =>
  order.lines.map((line, index) => {
    const discount = discountOf(order, index);
    const tax = taxes[index] ?? 0;
    return {
      id: BigInt(shopifyLineId(order.number, index)),
      admin_graphql_api_id: `gid://shopify/LineItem/${shopifyLineId(order.number, index)}`,
      current_quantity: line.quantity,
      fulfillable_quantity: line.quantity,
      fulfillment_service: 'manual',
      fulfillment_status: null,
      gift_card: false,
      grams: line.weightGrams,
      name: line.title,
      price: decimal(line.unitPrice),
      price_set: moneySet(line.unitPrice),
      product_exists: true,
      properties: [],
      quantity: line.quantity,
      requires_shipping: true,
      sku: line.sku,
      taxable: true,
      title: line.title,
      total_discount: '0.00',
      discount_allocations:
        discount === 0
          ? []
          : [{ amount: decimal(discount), amount_set: moneySet(discount), discount_application_index: 0 }],
      tax_lines: [{ title: 'State tax', price: decimal(tax), price_set: moneySet(tax), rate: TAX_RATE }],
    };
  });

/**
 * The body of `orders/create`, `orders/updated` or `orders/cancelled`, as Shopify sends it: the order without a wrapper.
 * `updatedAt` is what orders one copy against another.
 */
export const shopifyPayload = (order: ShopOrder, updatedAt: Date, cancelledAt?: Date): string => {
  const { goods, tax, taxes, grand } = totalsOf(order);
  const placed = order.placedAt.toISOString().replace(/\.\d+Z$/, '+00:00');
  const id = shopifyOrderId(order.number);
  const body = {
    id: BigInt(id),
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    cancel_reason: cancelledAt === undefined ? null : 'customer',
    cancelled_at: cancelledAt?.toISOString() ?? null,
    closed_at: null,
    confirmed: true,
    contact_email: `customer-${order.customer}@example.com`,
    created_at: placed,
    currency: 'USD',
    presentment_currency: 'USD',
    current_subtotal_price: decimal(goods - order.discount),
    current_total_price: decimal(grand),
    current_total_tax: decimal(tax),
    email: `customer-${order.customer}@example.com`,
    financial_status: cancelledAt === undefined ? 'paid' : 'refunded',
    fulfillment_status: null,
    name: `#${1000 + order.number}`,
    number: order.number,
    order_number: 1000 + order.number,
    processed_at: placed,
    source_name: 'web',
    subtotal_price: decimal(goods - order.discount),
    subtotal_price_set: moneySet(goods - order.discount),
    tags: '',
    taxes_included: false,
    tax_lines: [{ price: decimal(tax), rate: TAX_RATE, title: 'State tax', price_set: moneySet(tax) }],
    test: false,
    total_discounts: decimal(order.discount),
    total_discounts_set: moneySet(order.discount),
    total_line_items_price: decimal(goods),
    total_price: decimal(grand),
    total_price_set: moneySet(grand),
    total_shipping_price_set: moneySet(order.shipping),
    total_tax: decimal(tax),
    total_tax_set: moneySet(tax),
    updated_at: updatedAt.toISOString(),
    billing_address: addressOf(order),
    shipping_address: addressOf(order),
    customer: {
      id: 207_119_551_000 + Number(order.customer),
      email: `customer-${order.customer}@example.com`,
    },
    discount_applications:
      order.discount === 0
        ? []
        : [
            {
              target_type: 'line_item',
              type: 'manual',
              value: decimal(order.discount),
              value_type: 'fixed_amount',
            },
          ],
    discount_codes: [],
    fulfillments: [],
    line_items: linesOf(order, taxes),
    refunds: [],
    shipping_lines: [
      {
        id: 369_256_396_000 + order.number,
        code: 'Standard',
        title: 'Standard',
        price: decimal(order.shipping),
        discounted_price: decimal(order.shipping),
        price_set: moneySet(order.shipping),
        source: 'shopify',
        tax_lines: [],
        discount_allocations: [],
      },
    ],
  };
  return stringify(body) ?? '';
};
