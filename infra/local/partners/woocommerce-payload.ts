import { decimal, lineTotal, totalsOf, type ShopOrder } from './shop-order.ts';

/** WooCommerce says moments in UTC without a zone. */
const gmt = (at: Date): string => at.toISOString().slice(0, 19);

const SITE_OFFSET_MS = -5 * 3_600_000;
const siteTime = (at: Date): string => gmt(new Date(at.getTime() + SITE_OFFSET_MS));

const addressOf = ({ shipTo, customer }: ShopOrder) => ({
  first_name: 'Customer',
  last_name: customer,
  company: '',
  address_1: shipTo.line1,
  address_2: '',
  city: shipTo.city,
  state: shipTo.region,
  postcode: shipTo.postcode,
  country: 'US',
});

/** The body of `order.created` or `order.updated`, as WooCommerce sends it. */
export const woocommercePayload = (order: ShopOrder, updatedAt: Date, status = 'processing'): string => {
  const { tax, taxes, grand } = totalsOf(order);
  const address = addressOf(order);
  return JSON.stringify({
    id: 700 + order.number,
    parent_id: 0,
    number: String(700 + order.number),
    order_key: `wc_order_${order.number}`,
    created_via: 'checkout',
    version: '9.4.2',
    status,
    currency: 'USD',
    date_created: siteTime(order.placedAt),
    date_created_gmt: gmt(order.placedAt),
    date_modified: siteTime(updatedAt),
    date_modified_gmt: gmt(updatedAt),
    discount_total: decimal(order.discount),
    discount_tax: '0.00',
    shipping_total: decimal(order.shipping),
    shipping_tax: '0.00',
    cart_tax: decimal(tax),
    total: decimal(grand),
    total_tax: decimal(tax),
    prices_include_tax: false,
    customer_id: Number(order.customer),
    customer_note: '',
    billing: { ...address, email: `customer-${order.customer}@example.com`, phone: '' },
    shipping: { ...address, phone: '' },
    payment_method: 'bacs',
    payment_method_title: 'Direct Bank Transfer',
    transaction_id: '',
    date_paid: siteTime(order.placedAt),
    date_paid_gmt: gmt(order.placedAt),
    date_completed: null,
    date_completed_gmt: null,
    meta_data: [],
    line_items: order.lines.map((line, index) => ({
      id: order.number * 100 + index,
      name: line.title,
      product_id: 93 + index,
      variation_id: 0,
      quantity: line.quantity,
      tax_class: '',
      subtotal: decimal(line.unitPrice * line.quantity),
      subtotal_tax: decimal(taxes[index] ?? 0),
      total: decimal(lineTotal(order, line, index)),
      total_tax: decimal(taxes[index] ?? 0),
      taxes: [{ id: 75, total: decimal(taxes[index] ?? 0), subtotal: decimal(taxes[index] ?? 0) }],
      meta_data: [],
      sku: line.sku,
      price: lineTotal(order, line, index) / 100 / line.quantity,
    })),
    tax_lines: [
      {
        id: 75,
        rate_code: 'US-STATE TAX',
        label: 'State Tax',
        tax_total: decimal(tax),
        shipping_tax_total: '0.00',
      },
    ],
    shipping_lines: [
      {
        id: 76,
        method_title: 'Flat Rate',
        method_id: 'flat_rate',
        total: decimal(order.shipping),
        total_tax: '0.00',
      },
    ],
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
  });
};
