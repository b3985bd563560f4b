import fc from 'fast-check';
import { grandTotalOf } from '../../../shared/kernel/order-total.ts';

const minor = fc.integer({ min: 0, max: 10 ** 12 });
const parts = fc.record({ goods: minor, discount: minor, shipping: minor, tax: minor });

describe('the grand total of an order', () => {
  it('differs by the tax and nothing else between prices with and without it', () => {
    fc.assert(
      fc.property(parts, (each) => {
        expect(grandTotalOf(each, false) - grandTotalOf(each, true)).toBe(each.tax);
      }),
    );
  });

  it('takes the adjustment cent by cent, and its absence as nothing', () => {
    fc.assert(
      fc.property(
        parts,
        fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
        fc.boolean(),
        (each, adjustment, within) => {
          const without = grandTotalOf(each, within);
          expect(grandTotalOf({ ...each, adjustment }, within)).toBe(without + adjustment);
          expect(grandTotalOf({ ...each, goods: each.goods + 1 }, within)).toBe(without + 1);
        },
      ),
    );
  });
});
