import * as fc from 'fast-check';
import { shopifyPayload } from '../../../infra/local/partners/shopify-payload.ts';
import { totalsOf, type ShopOrder } from '../../../infra/local/partners/shop-order.ts';
import { woocommercePayload } from '../../../infra/local/partners/woocommerce-payload.ts';
import { translators } from '../../../shared/channels/adapters/translators.ts';

const at = new Date('2026-11-23T09:30:00.000Z');
const line = fc.record({
  sku: fc.constantFrom('MUG-01', 'LAMP-02'),
  title: fc.constant('Mug, design 1'),
  quantity: fc.integer({ min: 1, max: 9 }),
  unitPrice: fc.integer({ min: 100, max: 99_999 }),
  weightGrams: fc.integer({ min: 1, max: 3_000 }),
});
const order: fc.Arbitrary<ShopOrder> = fc.record({
  number: fc.integer({ min: 1, max: 9_999 }),
  placedAt: fc.constant(at),
  customer: fc.constant('7'),
  shipTo: fc.constant({
    line1: '1 Main Street',
    city: 'Miami',
    region: 'FL',
    postcode: '33101',
    latitude: 25.7,
    longitude: -80.1,
  }),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  shipping: fc.constantFrom(0, 499),
  discount: fc.integer({ min: 0, max: 100 }),
});

describe('an order of a simulated shop', () => {
  it.each([
    ['shopify', 'orders/create', (placed: ShopOrder) => shopifyPayload(placed, at)],
    ['woocommerce', 'order.created', (placed: ShopOrder) => woocommercePayload(placed, at)],
  ] as const)(
    'is understood by our %s adapter to the cent, the unit and the digit',
    (channel, topic, write) => {
      fc.assert(
        fc.property(order, (placed) => {
          const delivery = { connection: 'demo', topic, receivedAt: at.toISOString() };
          const translation = translators[channel](delivery, write(placed));
          if (translation.kind !== 'order') throw new Error(JSON.stringify(translation));
          const { goods, tax, grand } = totalsOf(placed);
          expect(translation.order.totals).toMatchObject({
            goods,
            tax,
            grand,
            discount: placed.discount,
            shipping: placed.shipping,
          });
          expect(translation.order.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual(
            placed.lines.map(({ sku, quantity }) => [sku, quantity]),
          );
          expect(write(placed)).toContain(`"id":${translation.order.channelOrderId},`);
        }),
        { numRuns: 50 },
      );
    },
  );

  it('has a Shopify id that a float cannot hold', () => {
    const [sample] = fc.sample(order, 1);
    const id = /"id":(\d+)/.exec(sample === undefined ? '' : shopifyPayload(sample, at))?.[1] ?? '0';
    expect(BigInt(id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  });
});
