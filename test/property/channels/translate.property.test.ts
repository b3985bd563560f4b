import fc from 'fast-check';
import { moneyFaults, translate } from '../../support/channels/examples.ts';

const cents = (minor: number): string => (minor / 100).toFixed(2);

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 40 }),
  refunded: fc.integer({ min: 0, max: 40 }),
  price: fc.integer({ min: 0, max: 500_000 }),
  discountShare: fc.integer({ min: 0, max: 100 }),
  tax: fc.integer({ min: 0, max: 50_000 }),
});
const order = fc.record({
  id: fc.bigInt({ min: 1n, max: 10n ** 18n }),
  lines: fc.array(line, { minLength: 1, maxLength: 8 }),
  shipping: fc.integer({ min: 0, max: 10_000 }),
  tip: fc.integer({ min: 0, max: 5_000 }),
  pricesIncludeTax: fc.boolean(),
});
type Generated = typeof order extends fc.Arbitrary<infer Value> ? Value : never;

const discountOf = (each: Generated['lines'][number]): number =>
  Math.floor((each.price * each.quantity * each.discountShare) / 100);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const shopifyText = ({
  id,
  lines,
  shipping,
  tip,
  pricesIncludeTax,
}: Generated): { text: string; grand: number } => {
  const tax = sum(lines.map((each) => each.tax));
  const grand =
    sum(lines.map((each) => each.price * each.quantity - discountOf(each))) +
    shipping + tip + (pricesIncludeTax ? 0 : tax); // prettier-ignore
  const text = JSON.stringify({
    id: '@id',
    currency: 'USD',
    taxes_included: pricesIncludeTax,
    total_price: cents(grand),
    total_tax: cents(tax),
    shipping_lines: [{ price: cents(shipping) }],
    line_items: lines.map((each, index) => ({
      id: index + 1,
      sku: `S-${index}`,
      quantity: each.quantity,
      current_quantity: Math.max(0, each.quantity - each.refunded),
      price: cents(each.price),
      discount_allocations: [{ amount: cents(discountOf(each)) }],
      tax_lines: [{ price: cents(each.tax) }],
    })),
  });
  return { text: text.replace('"@id"', id.toString()), grand };
};

describe('a Shopify order', () => {
  it('adds up to the cent and keeps the digits of its id, whatever was discounted or refunded', () => {
    fc.assert(
      fc.property(order, (generated) => {
        const translation = translate('shopify', shopifyText(generated).text);
        expect(translation.kind).toBe('order');
        expect(moneyFaults(translation)).toEqual([]);
        if (translation.kind === 'order')
          expect(translation.order.channelOrderId).toBe(generated.id.toString());
      }),
    );
  });

  it('has the units that are left, or all of them and an end when none are', () => {
    fc.assert(
      fc.property(order, (generated) => {
        const translation = translate('shopify', shopifyText(generated).text);
        if (translation.kind !== 'order') throw new Error(translation.kind);
        const left = sum(generated.lines.map((each) => Math.max(0, each.quantity - each.refunded)));
        const ordered = sum(generated.lines.map((each) => each.quantity));
        expect(sum(translation.order.lines.map((each) => each.quantity))).toBe(left === 0 ? ordered : left);
        expect(translation.order.cancelledAt !== undefined).toBe(left === 0);
      }),
    );
  });

  it('costs what the channel says, its tip apart, while nothing is refunded', () => {
    fc.assert(
      fc.property(order, (generated) => {
        const whole = { ...generated, lines: generated.lines.map((each) => ({ ...each, refunded: 0 })) };
        const { text, grand } = shopifyText(whole);
        const translation = translate('shopify', text);
        if (translation.kind !== 'order') throw new Error(translation.kind);
        expect(translation.order.totals).toMatchObject({ grand, adjustment: generated.tip });
      }),
    );
  });
});

describe('a WooCommerce order', () => {
  const wooLine = fc.record({
    quantity: fc.integer({ min: 1, max: 40 }),
    subtotal: fc.integer({ min: 0, max: 900_000 }),
    off: fc.integer({ min: 0, max: 100 }),
  });

  it('keeps each line total to the cent, also where the unit price does not divide evenly', () => {
    fc.assert(
      fc.property(fc.array(wooLine, { minLength: 1, maxLength: 8 }), (lines) => {
        const totals = lines.map((each) => each.subtotal - Math.floor((each.subtotal * each.off) / 100));
        const translation = translate(
          'woocommerce',
          JSON.stringify({
            id: 7,
            status: 'processing',
            currency: 'EUR',
            total: cents(sum(totals)),
            total_tax: '0.00',
            line_items: lines.map((each, index) => ({
              id: index + 1,
              sku: 'A',
              quantity: each.quantity,
              subtotal: cents(each.subtotal),
              total: `${cents(totals[index] ?? 0)}0000`,
            })),
          }),
        );
        if (translation.kind !== 'order') throw new Error(translation.kind);
        expect(translation.order.lines.map((each) => each.total)).toEqual(totals);
        expect(moneyFaults(translation)).toEqual([]);
        expect(translation.order.totals.adjustment).toBe(0);
      }),
    );
  });
});

describe('a payload of any shape', () => {
  it('never makes a translator throw', () => {
    const fields = [
      'id',
      'line_items',
      'currency',
      'quantity',
      'price',
      'sku',
      'order',
      'status',
      'total',
      'test',
    ];
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(null, true, '', '0000-00-00', '1.5', 'EUR', 'x'),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'binary' }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 8 }),
      ),
    })).value;
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom('shopify' as const, 'woocommerce' as const),
        (payload, channel) => {
          const translation = translate(channel, JSON.stringify(payload));
          expect(moneyFaults(translation)).toEqual([]);
          expect(translation).not.toMatchObject({
            reason: expect.stringMatching(/the translator failed/) as unknown,
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});
