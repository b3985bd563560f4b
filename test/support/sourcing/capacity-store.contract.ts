import { emptyClaim, endHold, holdFor } from '../../../shared/sourcing/domain/capacity/capacity-claim.ts';
import type { PlannedLoad } from '../../../shared/sourcing/domain/capacity/planned-load.ts';
import type { CapacityStore } from '../../../shared/sourcing/application/ports.ts';
import { dayKey } from '../../../shared/sourcing/application/recent-loads.ts';

export const aLoad = (nodeId: string, over: Partial<PlannedLoad> = {}): PlannedLoad => ({
  nodeId,
  day: '2026-11-25',
  load: { orders: 1, lines: 2, units: 3 },
  limits: { ordersPerDay: 2 },
  ...over,
});

const A = { nodeId: 'A', day: '2026-11-25' };
const B = { nodeId: 'B', day: '2026-11-25' };

const hold = async (capacity: CapacityStore, reservationId: string, ...loads: readonly PlannedLoad[]) => {
  const change = holdFor(emptyClaim(reservationId), 0, loads);
  return change === undefined ? undefined : capacity.save({ claim: change.after }, change.counts);
};

/** What every store of capacity keeps to; the one in memory and DynamoDB run it alike. */
export const describeCapacityStore = (name: string, make: () => Promise<CapacityStore>): void => {
  describe(`the capacity store ${name}`, () => {
    it('gives back a claim as it was stored, and knows none of others', async () => {
      const capacity = await make();
      expect(await hold(capacity, 'r1', aLoad('A'), aLoad('B'))).toBe('saved');
      expect(await capacity.find('r1')).toMatchObject({
        claim: { reservationId: 'r1', version: 1, holds: [{ nodeId: 'A' }, { nodeId: 'B' }], closed: false },
      });
      expect(await capacity.find('r2')).toBeUndefined();
    });

    it('counts what is held on each day of a node, and nothing on others', async () => {
      const capacity = await make();
      await hold(capacity, 'r1', aLoad('A'));
      await hold(capacity, 'r2', aLoad('A'), aLoad('B'));
      const loads = await capacity.loads([A, B, { nodeId: 'A', day: '2026-11-26' }]);
      expect(loads).toEqual(
        new Map([
          [dayKey(A), { orders: 2, lines: 4, units: 6 }],
          [dayKey(B), { orders: 1, lines: 2, units: 3 }],
        ]),
      );
    });

    it('stores nothing of a claim when one of its nodes is full', async () => {
      const capacity = await make();
      await hold(capacity, 'r1', aLoad('A'));
      await hold(capacity, 'r2', aLoad('A'));
      expect(await hold(capacity, 'r3', aLoad('B'), aLoad('A'))).toBe('full');
      expect(await capacity.find('r3')).toBeUndefined();
      expect((await capacity.loads([B])).size).toBe(0);
    });

    it.each([{ ordersPerDay: 0 }, { linesPerDay: 1 }, { unitsPerDay: 2 }])(
      'has no room, on an empty day either, for more than %j',
      async (limits) => {
        expect(await hold(await make(), 'r1', aLoad('A', { limits }))).toBe('full');
      },
    );

    it.each([{ linesPerDay: 3 }, { unitsPerDay: 5 }])(
      'has no room for a second one under %j',
      async (limits) => {
        const capacity = await make();
        expect(await hold(capacity, 'r1', aLoad('A', { limits }))).toBe('saved');
        expect(await hold(capacity, 'r2', aLoad('A', { limits }))).toBe('full');
      },
    );

    it('counts beyond a limit that does not bind', async () => {
      const capacity = await make();
      for (const id of ['r1', 'r2', 'r3'])
        expect(await hold(capacity, id, aLoad('A', { limits: {} }))).toBe('saved');
      expect((await capacity.loads([A])).get(dayKey(A))?.orders).toBe(3);
    });

    it('takes each version of a claim once', async () => {
      const capacity = await make();
      await hold(capacity, 'r1', aLoad('A'));
      expect(await hold(capacity, 'r1', aLoad('A'))).toBe('overtaken');
      const stored = await capacity.find('r1');
      const ended = stored && endHold(stored.claim, 'A');
      if (ended === undefined) throw new Error('nothing is held');
      expect(await capacity.save({ claim: ended.after }, ended.counts)).toBe('saved');
      expect(await capacity.save({ claim: ended.after }, ended.counts)).toBe('overtaken');
      expect((await capacity.loads([A])).get(dayKey(A))).toEqual({ orders: 0, lines: 0, units: 0 });
    });

    it('gives the last place of a day to one of many who want it at once', async () => {
      const capacity = await make();
      const wanting = Array.from({ length: 12 }, (_, i) => hold(capacity, `r${i}`, aLoad('A')));
      const outcomes = await Promise.all(wanting);
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(2);
      expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(10);
      expect((await capacity.loads([A])).get(dayKey(A))?.orders).toBe(2);
    });
  });
};
