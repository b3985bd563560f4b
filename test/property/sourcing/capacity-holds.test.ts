import * as fc from 'fast-check';
import type { SourcingPlan } from '../../../shared/contracts/sourcing/tasks.ts';
import { makeHoldCapacity, makeSettleCapacity } from '../../../shared/sourcing/application/hold-capacity.ts';
import { dayKey } from '../../../shared/sourcing/application/recent-loads.ts';
import { addLoads, NO_LOAD } from '../../../shared/sourcing/domain/capacity/load.ts';
import { memorySourcing } from '../../support/sourcing/memory-sourcing.ts';

const NODES = ['A', 'B'];
const DAY = '2026-11-25';
const LIMITS = { ordersPerDay: 3, linesPerDay: 5, unitsPerDay: 8 };
const RESERVATIONS = ['r0', 'r1', 'r2', 'r3', 'r4'];
const PLAN: SourcingPlan = {
  outcome: 'planned',
  claim: 'make',
  reason: null,
  cancelAfterDays: null,
  shipments: [],
  decisionId: 'd',
  costMinor: 0,
  holdsCapacity: true,
};

const loads = fc.uniqueArray(
  fc.record({
    nodeId: fc.constantFrom(...NODES),
    day: fc.constant(DAY),
    load: fc.record({ orders: fc.constant(1), lines: fc.integer({ min: 1, max: 3 }), units: fc.integer({ min: 1, max: 5 }) }),
    limits: fc.constant(LIMITS),
  }),
  { selector: ({ nodeId }) => nodeId, minLength: 1, maxLength: 2 },
); // prettier-ignore
const asked = fc.record({
  reservationId: fc.constantFrom(...RESERVATIONS),
  what: fc.oneof(
    fc.record({ type: fc.constant('hold' as const), attempt: fc.nat(2), loads }),
    fc.record({ type: fc.constantFrom('confirm' as const, 'end' as const), nodeId: fc.constantFrom(...NODES) }),
    fc.record({ type: fc.constantFrom('giveBack' as const, 'close' as const) }),
  ),
}); // prettier-ignore

describe('holds on the capacity of nodes, asked for by many at once', () => {
  it('never exceed a limit, and are counted as what is held, under any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 14 }), fc.scheduler(), async (all, scheduler) => {
        const { capacity } = memorySourcing();
        // Each call of the store is put into an order of the scheduler's own.
        const shuffled = {
          find: scheduler.scheduleFunction(capacity.find),
          save: scheduler.scheduleFunction(capacity.save),
          loads: capacity.loads,
        };
        const hold = makeHoldCapacity({ capacity: shuffled });
        const settle = makeSettleCapacity({ capacity: shuffled });
        const running = all.map(({ reservationId, what }) => {
          if (what.type === 'hold') return hold(reservationId, what.attempt, PLAN, what.loads);
          if (what.type === 'confirm' || what.type === 'end') return settle[what.type](reservationId, what.nodeId);
          return settle[what.type](reservationId);
        });
        await scheduler.waitFor(Promise.all(running));
        const counted = await capacity.loads(NODES.map((nodeId) => ({ nodeId, day: DAY })));
        const claims = await Promise.all(RESERVATIONS.map(capacity.find));
        for (const nodeId of NODES) {
          const held = claims
            .flatMap((stored) => stored?.claim.holds ?? [])
            .filter((each) => each.nodeId === nodeId && each.status !== 'ended')
            .reduce((sum, each) => addLoads(sum, each.load), NO_LOAD);
          const count = counted.get(dayKey({ nodeId, day: DAY })) ?? NO_LOAD;
          expect(count).toEqual(held);
          expect(count.orders).toBeLessThanOrEqual(LIMITS.ordersPerDay);
          expect(count.lines).toBeLessThanOrEqual(LIMITS.linesPerDay);
          expect(count.units).toBeLessThanOrEqual(LIMITS.unitsPerDay);
        }
      }),
    ); // prettier-ignore
  });
});
