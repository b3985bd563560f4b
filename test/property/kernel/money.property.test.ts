import fc from 'fast-check';
import { allocate, formatMoney, minorUnitDigits, moneyFromDecimal } from '../../../shared/kernel/money.ts';

const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'EUR');
const minor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('money', () => {
  it('is the same after writing and reading it', () => {
    fc.assert(
      fc.property(currency, minor, (code, amount) => {
        const text = formatMoney({ currency: code, minor: amount });
        expect(moneyFromDecimal(text, code)).toEqual({
          ok: true,
          value: { currency: code, minor: amount === 0 ? 0 : amount },
        });
      }),
    );
  });

  it('reads trailing zeros and superfluous digits without moving a cent', () => {
    fc.assert(
      fc.property(currency, minor, fc.integer({ min: 0, max: 6 }), (code, amount, zeros) => {
        const text = formatMoney({ currency: code, minor: amount });
        const padded = `${text}${minorUnitDigits(code) === 0 ? '.' : ''}${'0'.repeat(zeros)}`;
        expect(moneyFromDecimal(padded, code)).toMatchObject({
          ok: true,
          value: { minor: amount === 0 ? 0 : amount },
        });
      }),
    );
  });

  it.each(['', 'abc', '1,000.00', '1e3', 'NaN', '--1', '99999999999999999999'])('refuses %p', (text) => {
    expect(moneyFromDecimal(text, 'USD')).toEqual({ ok: false, refusal: { type: 'notAnAmount', text } });
  });

  it('is allocated to the last unit, nobody more than one unit off its exact share', () => {
    fc.assert(
      fc.property(
        minor,
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 20 }),
        (amount, weights) => {
          const shares = allocate(amount, weights);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
          if (total === 0) return;
          shares.forEach((share, index) => {
            expect(Math.abs(share - (amount * (weights[index] ?? 0)) / total)).toBeLessThanOrEqual(1.001);
          });
        },
      ),
    );
  });
});
