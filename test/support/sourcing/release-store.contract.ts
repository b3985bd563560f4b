import { sourcingRequest, type SourcingPlan } from '../../../shared/contracts/sourcing/tasks.ts';
import type {
  Release,
  ReleaseBook,
  ReleaseQueue,
  ReleasedPlan,
  WaitingOrder,
} from '../../../shared/sourcing/application/release-ports.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9z';
const AT = '2026-11-25T10:00:00.000Z';

export const aWaitingOrder = (
  letter: string,
  over: Partial<WaitingOrder> & { readonly priority?: string } = {},
): WaitingOrder => {
  const { priority, ...rest } = over;
  return {
    request: sourcingRequest.parse({
      orderId: `${ORDER}${letter}`,
      revision: 1,
      reservationId: `${ORDER}${letter}.1`,
      orderType: 'consumer',
      shipComplete: false,
      lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }],
      shipTo: { country: 'US', region: 'MA' },
      excludedNodes: [],
      ...(priority === undefined ? {} : { priority }),
    }),
    strategyId: 'together',
    since: AT,
    version: 1,
    ...rest,
  };
};

const plan: SourcingPlan = {
  outcome: 'nothing',
  claim: 'make',
  reason: null,
  cancelAfterDays: null,
  shipments: [],
  decisionId: 'd-1',
  costMinor: 0,
  holdsCapacity: false,
};
const released: ReleasedPlan = {
  releaseId: 'together.a1',
  plan,
  loads: [
    { nodeId: 'A', day: '2026-11-25', load: { orders: 1, lines: 1, units: 2 }, limits: { unitsPerDay: 9 } },
  ],
};

export const aRelease = (over: Partial<Release> = {}): Release => ({
  releaseId: 'together.a1',
  strategyId: 'together',
  startedAt: AT,
  until: '2026-11-25T10:10:00.000Z',
  status: 'running',
  seed: 7,
  work: 200,
  orders: 1,
  released: 0,
  kept: 0,
  carried: 0,
  cost: 0,
  oneByOneCost: 0,
  chosen: 'oneByOne',
  ...over,
});

/** What every store of releases keeps to; the one in memory and DynamoDB run it alike. */
export const describeReleaseStores = (
  name: string,
  make: () => Promise<{ readonly queue: ReleaseQueue; readonly releases: ReleaseBook }>,
): void => {
  const waiting = async (queue: ReleaseQueue) =>
    (await queue.list('together', 10)).map(({ request }) => request.orderId.at(-1));

  describe(`the queue of releases ${name}`, () => {
    it('lists who waits under a strategy, by priority and then by age', async () => {
      const { queue } = await make();
      await queue.add(aWaitingOrder('a', { since: '2026-11-25T10:00:02.000Z' }));
      await queue.add(aWaitingOrder('b', { since: '2026-11-25T10:00:01.000Z' }));
      await queue.add(aWaitingOrder('c', { priority: 'urgent', since: '2026-11-25T10:00:03.000Z' }));
      await queue.add(aWaitingOrder('d', { priority: 'low', since: '2026-11-25T09:00:00.000Z' }));
      await queue.add(aWaitingOrder('e', { strategyId: 'other' }));
      expect(await waiting(queue)).toEqual(['c', 'b', 'a', 'd']);
      expect(await queue.list('together', 2)).toHaveLength(2);
    });

    it('lets an order wait once, however often it is added', async () => {
      const { queue } = await make();
      const order = aWaitingOrder('a');
      await queue.add(order);
      await queue.add(aWaitingOrder('a', { since: '2026-11-25T11:00:00.000Z' }));
      expect(await queue.find(order.request.reservationId)).toMatchObject(order);
      expect(await waiting(queue)).toEqual(['a']);
    });

    it('releases an order once, with its plan', async () => {
      const { queue } = await make();
      const order = aWaitingOrder('a');
      await queue.add(order);
      expect(await queue.release(order, released, AT)).toBe(true);
      expect(await queue.release(order, released, AT)).toBe(false);
      expect(await queue.find(order.request.reservationId)).toMatchObject({ released, version: 2 });
      expect(await waiting(queue)).toEqual([]);
    });

    it('lets a released order wait again', async () => {
      const { queue } = await make();
      const order = aWaitingOrder('a');
      await queue.add(order);
      await queue.release(order, released, AT);
      await queue.add({ ...order, version: 3 });
      expect(await waiting(queue)).toEqual(['a']);
      expect((await queue.find(order.request.reservationId))?.released).toBeUndefined();
    });

    it('forgets an order that is no longer wanted, and releases it no more', async () => {
      const { queue } = await make();
      const order = aWaitingOrder('a');
      await queue.add(order);
      await queue.remove(order.request.reservationId);
      await queue.remove(order.request.reservationId);
      expect(await waiting(queue)).toEqual([]);
      expect(await queue.release(order, released, AT)).toBe(false);
    });
  });

  describe(`the book of releases ${name}`, () => {
    it('opens a release once, and again when whoever ran it is overdue', async () => {
      const { releases } = await make();
      expect(await releases.open(aRelease())).toBe(true);
      expect(await releases.open(aRelease({ startedAt: '2026-11-25T10:09:00.000Z' }))).toBe(false);
      expect(await releases.open(aRelease({ startedAt: '2026-11-25T10:11:00.000Z' }))).toBe(true);
    });

    it('never opens one that is done', async () => {
      const { releases } = await make();
      await releases.open(aRelease());
      await releases.close(aRelease({ status: 'done', released: 1 }));
      expect(await releases.open(aRelease({ startedAt: '2026-11-26T10:00:00.000Z' }))).toBe(false);
      expect(await releases.find('together.a1')).toMatchObject({ status: 'done', released: 1 });
    });

    it('lists the releases of a strategy, newest first', async () => {
      const { releases } = await make();
      for (const id of ['together.a1', 'together.a3', 'together.a2', 'other.a4'])
        await releases.open(aRelease({ releaseId: id, strategyId: id.slice(0, -3) }));
      expect((await releases.list('together', 2)).map(({ releaseId }) => releaseId)).toEqual([
        'together.a3',
        'together.a2',
      ]);
      expect(await releases.find('together.a9')).toBeUndefined();
    });
  });
};
