import * as fc from 'fast-check';
import {
  closeClaim,
  confirmHold,
  emptyClaim,
  endHold,
  giveBack,
  holdFor,
  type CapacityClaim,
  type ClaimChange,
} from '../../../shared/sourcing/domain/capacity/capacity-claim.ts';
import { addLoads, NO_LOAD, type Load } from '../../../shared/sourcing/domain/capacity/load.ts';

const NODES = ['N0', 'N1', 'N2'];
const DAYS = ['2026-11-25', '2026-11-26'];

const loads = fc
  .uniqueArray(
    fc.record({
      nodeId: fc.constantFrom(...NODES),
      day: fc.constantFrom(...DAYS),
      load: fc.record({ orders: fc.constant(1), lines: fc.integer({ min: 1, max: 3 }), units: fc.integer({ min: 1, max: 5 }) }),
      limits: fc.constant({ ordersPerDay: 3 }),
    }),
    { selector: ({ nodeId }) => nodeId, maxLength: 3 },
  ); // prettier-ignore
const step = fc.oneof(
  fc.record({ what: fc.constant('hold' as const), attempt: fc.nat(3), loads }),
  fc.record({ what: fc.constantFrom('confirm' as const, 'end' as const), nodeId: fc.constantFrom(...NODES) }),
  fc.record({ what: fc.constantFrom('giveBack' as const, 'close' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const decide = (claim: CapacityClaim, told: Step): ClaimChange | undefined => {
  switch (told.what) {
    case 'hold':
      return holdFor(claim, told.attempt, told.loads);
    case 'confirm':
      return confirmHold(claim, told.nodeId);
    case 'end':
      return endHold(claim, told.nodeId);
    case 'giveBack':
      return giveBack(claim);
    case 'close':
      return closeClaim(claim);
  }
};

const openIn = (claim: CapacityClaim): ReadonlyMap<string, Load> => {
  const open = new Map<string, Load>();
  for (const { nodeId, day, load, status } of claim.holds) {
    const key = `${nodeId} ${day}`;
    if (status !== 'ended') open.set(key, addLoads(open.get(key) ?? NO_LOAD, load));
  }
  return open;
};

describe('a claim on the capacity of nodes', () => {
  it('counts on each day of a node exactly what its open holds weigh, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let claim = emptyClaim('r');
        const counts = new Map<string, Load>();
        for (const told of steps) {
          const change = decide(claim, told);
          if (change === undefined) continue;
          expect(change.after.version).toBe(claim.version + 1);
          for (const { nodeId, day, by } of change.counts)
            counts.set(`${nodeId} ${day}`, addLoads(counts.get(`${nodeId} ${day}`) ?? NO_LOAD, by));
          claim = change.after;
          const open = openIn(claim);
          for (const [key, load] of counts) expect(load).toEqual(open.get(key) ?? NO_LOAD);
        }
      }),
    );
  });

  it('does nothing when the same is told twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), step, (steps, last) => {
        const claim = steps.reduce((now, told) => decide(now, told)?.after ?? now, emptyClaim('r'));
        const once = decide(claim, last)?.after ?? claim;
        const twice = decide(once, last);
        if (last.what !== 'hold' || last.loads.length > 0) expect(twice).toBeUndefined();
      }),
    );
  });

  it('ends a hold once, and holds nothing any more when its routing is withdrawn', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.array(step, { maxLength: 4 }), (before, after) => {
        const claim = before.reduce((now, told) => decide(now, told)?.after ?? now, emptyClaim('r'));
        const closed = closeClaim(claim)?.after ?? claim;
        const late = after.reduce((now, told) => decide(now, told)?.after ?? now, closed);
        expect(openIn(late).size).toBe(0);
      }),
    );
  });
});
