/** A small order in Shopify's shape, as the text that is signed: ids stay the digits they are, whatever their size. */
export const makeShopifyOrder = (order: {
  readonly id: string;
  readonly sku: string;
  readonly quantity?: number;
}): string => {
  const quantity = order.quantity ?? 1;
  const total = (19.5 * quantity).toFixed(2);
  const body = JSON.stringify({
    id: '@id',
    name: '#1001',
    created_at: '2026-11-20T10:15:00-05:00',
    updated_at: '2026-11-20T10:15:00-05:00',
    cancelled_at: null,
    currency: 'USD',
    test: false,
    confirmed: true,
    financial_status: 'paid',
    fulfillment_status: null,
    taxes_included: false,
    subtotal_price: total,
    total_line_items_price: total,
    total_discounts: '0.00',
    total_tax: '0.00',
    total_price: total,
    shipping_lines: [],
    discount_applications: [],
    customer: null,
    shipping_address: {
      first_name: 'Test',
      last_name: 'Person',
      address1: '1 Main Street',
      city: 'Columbus',
      province_code: 'OH',
      zip: '43004',
      country_code: 'US',
    },
    line_items: [
      {
        id: '@line',
        sku: order.sku,
        title: 'A thing',
        quantity,
        current_quantity: quantity,
        price: '19.50',
        total_discount: '0.00',
        discount_allocations: [],
        tax_lines: [],
        requires_shipping: true,
      },
    ],
  });
  return body.replace('"@id"', order.id).replace('"@line"', `${order.id}1`);
};
