import { join } from 'node:path';
import {
  exampleFolder,
  moneyFaults,
  payloadFiles,
  readExample,
  translate,
} from '../../support/channels/examples.ts';

const orderOf = (channel: 'shopify' | 'woocommerce', file: string, topic = '') => {
  const translation = translate(channel, readExample(channel, file), topic);
  if (translation.kind !== 'order') throw new Error(`${file} is ${translation.kind}: ${translation.reason}`);
  return translation.order;
};

const reasonOf = (channel: 'shopify' | 'woocommerce', text: string, topic = '') => {
  const translation = translate(channel, text, topic);
  if (translation.kind === 'order') throw new Error('it became an order');
  return `${translation.kind}: ${translation.reason}`;
};

describe.each(['shopify', 'woocommerce'] as const)('every payload of %s', (channel) => {
  // The recorded payloads lie beside the checkout where there are any; our own are always here.
  const recorded = join(__dirname, '../../../../shared/fixtures', channel);
  const files = [...payloadFiles(exampleFolder(channel)), ...payloadFiles(recorded)];

  it.each(files.map(({ file, text }) => [file, text]))(
    '%s is an order that adds up, or declined with a reason',
    (_, text) => {
      const translation = translate(channel, text);
      expect(moneyFaults(translation)).toEqual([]);
      if (translation.kind !== 'order' && translation.kind !== 'cancellation')
        expect(translation.reason).toMatch(/\w+ \w+/);
    },
  );
});

describe('a Shopify order', () => {
  it('keeps every digit of an id beyond 2^53', () => {
    expect(orderOf('shopify', 'order.beyond-2-53.json').channelOrderId).toBe('9200000000000000123');
  });

  it('adds up from lines, allocated discounts, shipping and tax without adjustment', () => {
    expect(orderOf('shopify', 'order.beyond-2-53.json').totals).toEqual({
      goods: 7750,
      discount: 519,
      shipping: 594,
      tax: 1571,
      adjustment: 0,
      grand: 9396,
    });
  });

  it('leaves out lines whose units are all refunded, and costs what is left', () => {
    const order = orderOf('shopify', 'order.refunded-line.json');
    expect(order.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([['APRON-S', 1]]);
    expect(order.totals).toMatchObject({ grand: 5198, adjustment: 0 });
  });

  it('is given whole with the moment of its end when it is cancelled, even if fulfilled', () => {
    const order = orderOf('shopify', 'order.cancelled-yet-fulfilled.json', 'orders/cancelled');
    expect(order.cancelledAt).toBe('2026-11-03T09:00:00.000Z');
    expect(order.lines.map((line) => line.quantity)).toEqual([3, 1]);
  });

  it('reads yen with decimals, tax within prices, one shipping line that is no list, and cleans control characters', () => {
    const order = orderOf('shopify', 'order.yen-tax-included.json');
    expect(order).toMatchObject({
      currency: 'JPY',
      pricesIncludeTax: true,
      shippingService: '宅配便',
      totals: { goods: 3000, shipping: 500, tax: 273, adjustment: 0, grand: 3500 },
    });
    expect(order.lines[0]).toMatchObject({ title: '茶碗 青', unitPrice: 1500, quantity: 2 });
    expect(order.shipTo).toBeUndefined();
  });

  it('spreads an order discount from before allocations over its lines to the cent', () => {
    const order = orderOf('shopify', 'order.old-discount-no-sku.json');
    expect(order.lines.map((line) => line.discount)).toEqual([242, 258]);
    expect(order.totals).toMatchObject({ discount: 500, adjustment: 0, grand: 9415 });
  });

  it('names a line without SKU by its variant or else its product', () => {
    const order = orderOf('shopify', 'order.old-discount-no-sku.json');
    expect(order.lines.map((line) => line.sku)).toEqual(['variant:4410021', 'product:772']);
    expect(order.lines.map((line) => line.requiresShipping)).toEqual([true, false]);
  });

  it('reads RFC 2822 dates and epoch seconds', () => {
    const order = orderOf('shopify', 'order.old-discount-no-sku.json');
    expect(order.placedAt).toBe('2026-11-02T08:15:00.000Z');
    expect(order.channelVersion).toBe(1793693704000);
  });

  it('keeps one SKU on two lines as two lines', () => {
    const order = orderOf('shopify', 'order.one-sku-on-two-lines.json');
    expect(order.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['MUG-RED', 3],
      ['MUG-RED', 1],
    ]);
  });
});

describe('a WooCommerce order', () => {
  it('rounds a unit price that does not divide up, and keeps the line total to the cent', () => {
    const [line] = orderOf('woocommerce', 'order.processing.json').lines;
    expect(line).toMatchObject({ unitPrice: 334, quantity: 3, discount: 52, total: 950, tax: 200 });
  });

  it('says fees as adjustment', () => {
    expect(orderOf('woocommerce', 'order.processing.json').totals).toMatchObject({
      adjustment: 200,
      grand: 6795,
    });
  });

  it('takes dates without zone as UTC and prefers the ones that are', () => {
    expect(orderOf('woocommerce', 'order.processing.json').placedAt).toBe('2026-11-02T09:15:00.000Z');
  });

  it('falls back to the time of receipt and the billing address where dates and ship-to are empty', () => {
    const order = orderOf('woocommerce', 'order.no-dates-empty-ship-to.json');
    expect(order.placedAt).toBe('2026-11-23T10:00:00.000Z');
    expect(order.shipTo).toMatchObject({ city: 'Valencia', country: 'ES' });
  });

  it('ends when it is cancelled', () => {
    expect(orderOf('woocommerce', 'order.cancelled.json').cancelledAt).toBe('2026-11-02T09:16:00.000Z');
  });

  it('is cancelled by its deletion, which carries the id only', () => {
    const deleted = translate(
      'woocommerce',
      readExample('woocommerce', 'order.deleted.json'),
      'order.deleted',
    );
    expect(deleted).toMatchObject({ kind: 'cancellation', channelOrderId: '90210' });
  });
});

describe('what is declined', () => {
  it.each([
    ['shopify', 'order.test.json', /^ignored: a test order/],
    [
      'shopify',
      'order.half-a-unit.json',
      /^refused: line 16033441792133: the quantity is not a whole number/,
    ],
    ['shopify', 'order.thin.json', /^refused: the delivery carries an id only/],
    ['shopify', 'refund.json', /^ignored: a refund/],
    ['shopify', 'inventory-level.json', /^ignored: a stock level/],
    ['woocommerce', 'order.pending.json', /^ignored: the order is pending/],
    ['woocommerce', 'order.completed.json', /^ignored: the order is completed/],
    ['woocommerce', 'refund.json', /^ignored: a refund/],
  ] as const)('%s %s says why', (channel, file, reason) => {
    expect(reasonOf(channel, readExample(channel, file))).toMatch(reason);
  });

  it.each([
    ['products/update', '{"id":1,"line_items":[]}', /^ignored: topic products\/update is not about orders/],
    ['draft_orders/create', '{"id":1,"line_items":[],"currency":"EUR"}', /^ignored: a draft order/],
    ['orders/edited', '{"order_edit":{"id":1,"order_id":2}}', /^ignored: an order edit/],
    ['orders/create', 'not json', /^refused: the body is not JSON/],
    ['orders/create', '[1,2]', /^refused: a delivery holds one order/],
    [
      'orders/create',
      '{"id":1,"line_items":[{"id":2}],"currency":"EUR"}',
      /^refused: line 2 has no quantity/,
    ],
    [
      'orders/create',
      '{"id":1,"line_items":[{"id":2,"quantity":1,"price":"x"}],"currency":"EUR"}',
      /^refused: line 2: price is not an amount/,
    ],
    [
      'orders/create',
      '{"id":1,"line_items":[{"id":2,"quantity":1,"price":"1"}]}',
      /^refused: the order names no currency/,
    ],
    ['orders/create', '{"id":1,"line_items":[],"currency":"EUR"}', /^refused: the order has no line/],
  ])('a Shopify delivery of %s holding %s says why', (topic, text, reason) => {
    expect(reasonOf('shopify', text, topic)).toMatch(reason);
  });

  it('acknowledges the ping of an activated WooCommerce webhook', () => {
    expect(reasonOf('woocommerce', 'webhook_id=12', 'ping')).toMatch(/^ignored: the ping/);
  });
});
