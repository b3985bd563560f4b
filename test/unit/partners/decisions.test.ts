import * as fc from 'fast-check';
import { decideWork, type Work } from '../../../infra/local/partners/decide-work.ts';
import { dialsOf } from '../../../infra/local/partners/dials.ts';
import { makeDice } from '../../../infra/local/partners/dice.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const workOf = (routing: number, ...quantities: number[]): Work => ({
  fulfilmentOrderId: `${ORDER}.${routing}.DC`,
  nodeId: 'DC',
  lines: quantities.map((quantity, index) => ({ lineId: String(index + 1), sku: `S${index}`, quantity })),
});
const anyWork = fc
  .tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  )
  .map(([routing, quantities]) => workOf(routing, ...quantities));

describe('dice', () => {
  it('fall the same for the same seed and subject, in whatever order they are thrown', () => {
    const [one, other] = [makeDice(1), makeDice(1)];
    other.share('something', 'else');
    expect(other.share('a', 2)).toBe(one.share('a', 2));
    expect(makeDice(2).share('a', 2)).not.toBe(one.share('a', 2));
  });

  it('stay within their bounds and spread over them', () => {
    const dice = makeDice(7);
    const thrown = Array.from({ length: 2_000 }, (_, index) => dice.between(1, 6, index));
    expect([...new Set(thrown)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const share = thrown.filter((value) => value === 6).length / thrown.length;
    expect(share).toBeGreaterThan(0.13);
    expect(share).toBeLessThan(0.2);
  });
});

describe('a simulated node', () => {
  it('ships everything when nobody is nasty', () => {
    fc.assert(
      fc.property(anyWork, fc.integer(), (work, seed) => {
        const decision = decideWork(makeDice(seed), dialsOf(0), work);
        expect(decision).toMatchObject({ does: 'ship', repeats: false, shipsFirst: false });
        expect(decision.does === 'ship' && decision.lines).toEqual(
          work.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
        );
      }),
    );
  });

  it('never ships more than it was asked for, and is short of one unit at most', () => {
    fc.assert(
      fc.property(anyWork, fc.integer(), (work, seed) => {
        const decision = decideWork(makeDice(seed), { ...dialsOf(1), rejectRate: 0, silentRate: 0 }, work);
        const asked = work.lines.reduce((sum, { quantity }) => sum + quantity, 0);
        const shipped =
          decision.does === 'ship' ? decision.lines.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
        expect(asked - shipped).toBeGreaterThanOrEqual(0);
        expect(asked - shipped).toBeLessThanOrEqual(1);
        expect(decision.does === 'ship' && decision.lines.every(({ quantity }) => quantity > 0)).toBe(true);
      }),
    );
  });

  it('does as it is asked once an order has been routed often, so that every order ends', () => {
    const nasty = { ...dialsOf(1), rejectRate: 1, silentRate: 1, shortRate: 1 };
    expect(decideWork(makeDice(1), nasty, workOf(1, 2)).does).toBe('nothing');
    expect(decideWork(makeDice(1), nasty, workOf(2, 2)).does).toBe('reject');
    expect(decideWork(makeDice(1), nasty, workOf(4, 2))).toMatchObject({
      does: 'ship',
      lines: [{ quantity: 2 }],
    });
  });

  it('decides by the work alone, not by when it arrives', () => {
    const dials = dialsOf(0.5);
    const works = Array.from({ length: 40 }, (_, index) => workOf(index + 1, 3));
    const decide = (work: Work) => decideWork(makeDice(3), dials, work);
    expect([...works].reverse().map(decide).reverse()).toEqual(works.map(decide));
  });
});
