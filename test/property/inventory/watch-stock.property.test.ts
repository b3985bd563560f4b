import fc from 'fast-check';
import { judgeReorderPoint, type ReorderPoint } from '../../../shared/inventory/domain/reorder-point.ts';
import { restock, type Shelf } from '../../../shared/inventory/domain/shelf.ts';
import { aCell } from '../../support/inventory/builders.ts';

const mug = aCell('MUG');
const levels = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 });

/** Each look sees stock as it is or, when it is late, as it was a few changes ago; some look twice. */
const looks = levels.chain((history) =>
  fc.tuple(
    fc.constant(history),
    fc.array(fc.tuple(fc.nat(history.length - 1), fc.nat(3)), { maxLength: 40 }),
  ),
);

describe('returns to stock', () => {
  it('are said once each, whatever is looked at late or twice', () => {
    fc.assert(
      fc.property(looks, ([history, late]) => {
        let shelf: Shelf | undefined;
        const said: number[] = [];
        const look = (index: number): void => {
          const decision = restock(mug.sku, shelf, {
            available: history[index] ?? 0,
            stockVersion: index + 1,
          });
          if (decision === undefined) return;
          shelf = decision.after;
          if (decision.isBack) said.push(index);
        };
        history.forEach((_, index) => {
          look(index);
          for (const [at, again] of late) if (at === index) look(Math.max(0, index - again));
        });
        const returns = history.flatMap((units, index) => (index > 0 && units > 0 && history[index - 1] === 0 ? [index] : []));
        expect(said).toEqual(returns);
      }),
    );
  }); // prettier-ignore
});

describe('crossings of a reorder point', () => {
  it('are said once each on the way down, by the net position', () => {
    fc.assert(
      fc.property(levels, fc.nat(12), fc.nat(5), (history, point, inbound) => {
        let known: ReorderPoint | undefined;
        const said: number[] = [];
        history.forEach((free, index) => {
          const setTo = index === 0 ? { reorderPoint: point } : undefined;
          for (const to of [setTo, undefined]) {
            const decision = judgeReorderPoint(mug, known, { free, inbound }, to);
            if (decision === undefined) continue;
            known = decision.after;
            if (decision.isCrossed) said.push(index);
          }
        });
        const isLow = (units: number | undefined): boolean => units !== undefined && units + inbound <= point;
        const crossed = history.flatMap((units, index) =>
          isLow(units) && !isLow(history[index - 1]) ? [index] : [],
        );
        expect(said).toEqual(crossed);
        expect(known?.crossings).toBe(crossed.length);
        expect(known?.reorderAt).toBe(point - inbound);
      }),
    );
  });
});
