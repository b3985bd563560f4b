import { nodeId } from '../../../shared/contracts/scalars.ts';
import { sourcingRequest } from '../../../shared/contracts/sourcing/tasks.ts';
import { decisionInputs } from '../../../shared/contracts/sourcing/decision.ts';
import { hashSha256 } from '../../../shared/sourcing/adapters/dynamo-decision-log.ts';
import { emptyClaim, holdFor } from '../../../shared/sourcing/domain/capacity/capacity-claim.ts';
import { makeChooseNodesForOrder } from '../../../shared/sourcing/application/choose-nodes-for-order.ts';
import { makeRecentLoads } from '../../../shared/sourcing/application/recent-loads.ts';
import { makeListGatherings } from '../../../shared/sourcing/application/read-releases.ts';
import {
  makeReleaseDueOrders,
  makeReleaseNow,
  makeReleaseOrders,
} from '../../../shared/sourcing/application/release-orders.ts';
import {
  canonicalJson,
  decideOrder,
  type DecisionRecord,
  type OfferedNode,
  type Strategy,
} from '../../../shared/sourcing/index.ts';
import { aNode, aStrategy, BOSTON, CHICAGO } from '../../support/sourcing/builders.ts';
import { memorySourcing } from '../../support/sourcing/memory-sourcing.ts';
import { aWaitingOrder } from '../../support/sourcing/release-store.contract.ts';

const HOUR = { windowMinutes: 60, orders: 'all' } as const;
const together = (over: Partial<Strategy> = {}): Strategy =>
  aStrategy([{ id: 'day', type: 'capacity', strength: 'hard' }], {
    strategyId: 'together',
    release: HOUR,
    ...over,
  });

const setUp = (
  stock: Readonly<Record<string, Readonly<Record<string, number>>>>,
  strategy = together(),
  limits: Partial<OfferedNode> = {},
) => {
  const clock = { now: Date.parse('2026-11-25T10:30:00.000Z') };
  const kept: DecisionRecord[] = [];
  const stores = memorySourcing();
  const recent = makeRecentLoads({ capacity: stores.capacity, keepMs: 0, now: () => clock.now });
  const deps = {
    ...stores,
    view: {
      nodes: async () => [
        aNode('BOS', { position: BOSTON, country: 'US', region: 'MA', ...limits }),
        aNode('CHI', { position: CHICAGO, country: 'US', region: 'IL' }),
      ],
      loads: recent.of,
      stockOnOffer: async (skus: readonly string[]) =>
        Object.entries(stock).flatMap(([id, cells]) =>
          Object.entries(cells)
            .filter(([sku]) => skus.includes(sku))
            .map(([sku, available]) => ({ sku, nodeId: nodeId.parse(id), available })),
        ),
      factsOf: async (skus: readonly string[]) => new Map(skus.map((sku) => [sku, { grams: 1_000 }])),
      pricesOf: async () => [],
      weeklyDemandOf: async () => [],
      strategyFor: async () => strategy,
    },
    decisions: { keep: async (decision: DecisionRecord) => void kept.push(decision) },
    strategies: { listInForce: async () => [{ strategy }] },
    forgetLoads: recent.forget,
    now: () => new Date(clock.now).toISOString(),
    decisionIdOf: ({ reservationId }: { readonly reservationId: string }) => `${reservationId}.${kept.length}`,
    hash: hashSha256,
  };
  const releaseOrders = makeReleaseOrders(deps);
  const { plan } = makeChooseNodesForOrder(deps);
  return {
    ...stores,
    kept,
    choose: (letter: string, over: Parameters<typeof aWaitingOrder>[1] = {}, races = { lost: 0, held: false }) =>
      plan(aWaitingOrder(letter, over).request, races),
    releaseDue: makeReleaseDueOrders({ ...deps, releaseOrders }),
    releaseNow: makeReleaseNow({ ...deps, releaseOrders }),
    gatherings: makeListGatherings(deps),
    later: (minutes: number) => void (clock.now += minutes * 60_000),
  };
}; // prettier-ignore

const nodesOf = ({ shipments }: { readonly shipments: readonly { readonly nodeId: string }[] }) =>
  shipments.map((shipment) => shipment.nodeId);

describe('an order whose strategy plans orders together', () => {
  it('waits, however often it is asked, and nothing is decided or held', async () => {
    const { choose, queue, kept } = setUp({ BOS: { MUG: 9 } });
    for (const _ of [1, 2])
      expect(await choose('a')).toMatchObject({ outcome: 'queued', claim: 'find', decisionId: null });
    expect(await queue.list('together', 10)).toHaveLength(1);
    expect(kept).toEqual([]);
  });

  it('is released by the next full window, and not by the one it came in', async () => {
    const { choose, releaseDue, later } = setUp({ BOS: { MUG: 9 } });
    await choose('a');
    later(10);
    expect(await releaseDue()).toEqual([]);
    later(30);
    expect(await releaseDue()).toMatchObject([{ orders: 1, released: 1, status: 'done' }]);
    expect(await releaseDue()).toEqual([]);
  });

  it('takes the plan that its release has made', async () => {
    const { choose, releaseNow, kept } = setUp({ BOS: { MUG: 9 } });
    await choose('a');
    await releaseNow('together', false);
    const plan = await choose('a');
    expect(plan).toMatchObject({ outcome: 'planned', claim: 'make', decisionId: kept[0]?.decisionId });
    expect(nodesOf(plan)).toEqual(['BOS']);
  });

  it('is decided alone on what is left when its plan has lost a unit', async () => {
    const { choose, releaseNow } = setUp({ CHI: { MUG: 9 } });
    await choose('a');
    await releaseNow('together', false);
    expect(nodesOf(await choose('a', {}, { lost: 1, held: false }))).toEqual(['CHI']);
  });

  it('is decided alone when the day of its node has filled up meanwhile', async () => {
    const { choose, releaseNow, capacity } = setUp({ BOS: { MUG: 9 }, CHI: { MUG: 9 } }, together(), {
      ordersPerDay: 1,
    });
    await choose('a');
    await releaseNow('together', false);
    const load = { nodeId: 'BOS', day: '2026-11-25', load: { orders: 1, lines: 1, units: 1 }, limits: {} };
    const taken = holdFor(emptyClaim('other'), 0, [load]);
    if (taken !== undefined) await capacity.save({ claim: taken.after }, taken.counts);
    expect(nodesOf(await choose('a'))).toEqual(['CHI']);
  });
});

describe('a release', () => {
  /** Every order likes BOS best; only the second can be served from there alone. */
  const scarce = { BOS: { MUG: 2, PEN: 2 }, CHI: { MUG: 9 } };
  const second = aWaitingOrder('b').request;
  const both = sourcingRequest.parse({
    ...second,
    lines: [...second.lines, { lineId: '2', sku: 'PEN', quantity: 2 }],
  });

  it('plans better than one by one where the first would take what the second needs', async () => {
    const { choose, queue, releaseNow } = setUp(scarce);
    await queue.add(aWaitingOrder('a', { since: '2026-11-25T09:00:00.000Z' }));
    await queue.add(aWaitingOrder('b', { request: both }));
    const release = await releaseNow('together', false);
    expect(release).toMatchObject({ orders: 2, released: 2, chosen: 'together' });
    expect(release?.cost).toBeLessThan(release?.oneByOneCost ?? 0);
    expect(nodesOf(await choose('a'))).toEqual(['CHI']);
    expect(nodesOf(await choose('b', { request: both }))).toEqual(['BOS']);
  });

  it('keeps decisions that are made again bit for bit, and say what the others took', async () => {
    const { queue, releaseNow, kept } = setUp(scarce);
    await queue.add(aWaitingOrder('a', { since: '2026-11-25T09:00:00.000Z' }));
    await queue.add(aWaitingOrder('b', { request: both }));
    await releaseNow('together', false);
    expect(kept).toHaveLength(2);
    for (const record of kept) {
      const inputs = decisionInputs.parse(JSON.parse(JSON.stringify(record.inputs)));
      expect(hashSha256(canonicalJson(inputs))).toBe(record.inputHash);
      expect(hashSha256(canonicalJson(decideOrder(inputs)))).toBe(record.decisionHash);
      expect(inputs.release).toMatchObject({ orders: 2 });
    }
    expect(kept[0]?.inputs.release?.taken).toEqual([{ nodeId: 'BOS', sku: 'MUG', units: 2 }]);
  });

  it('writes nothing when it is dry', async () => {
    const { choose, queue, releases, releaseNow, kept } = setUp({ BOS: { MUG: 9 } });
    await choose('a');
    expect(await releaseNow('together', true)).toMatchObject({ orders: 1, released: 0 });
    expect(await queue.list('together', 10)).toHaveLength(1);
    expect(await releases.list('together', 10)).toEqual([]);
    expect(kept).toEqual([]);
  });

  it('leaves an order waiting that its strategy queues when nobody can ship it', async () => {
    const { choose, queue, releaseNow } = setUp({}, together({ onNone: 'queue' }));
    await choose('a');
    expect(await releaseNow('together', false)).toMatchObject({ orders: 1, released: 0, kept: 1 });
    expect(await queue.list('together', 10)).toHaveLength(1);
  });

  it('hands on an order that nobody can ship, to be backordered', async () => {
    const { choose, releaseNow } = setUp({});
    await choose('a');
    await releaseNow('together', false);
    expect(await choose('a')).toMatchObject({ outcome: 'nothing', claim: 'make' });
  });

  it('has nothing to do when nobody waits', async () => {
    expect(await setUp({}).releaseNow('together', false)).toBeUndefined();
  });

  it('is told with who waits, since when, and when the next one is', async () => {
    const { choose, releaseNow, gatherings, later } = setUp({ BOS: { MUG: 9 } });
    await choose('a');
    await releaseNow('together', false);
    later(5);
    await choose('b');
    expect(await gatherings()).toMatchObject([
      {
        strategyId: 'together',
        waiting: 1,
        since: '2026-11-25T10:35:00.000Z',
        nextAt: '2026-11-25T11:00:00.000Z',
        last: { orders: 1, released: 1 },
      },
    ]);
  });
});

describe('an order that its strategy queues', () => {
  it('waits for the release of an hour when nobody can ship it, and is decided at once when somebody can', async () => {
    const { choose, queue } = setUp({ CHI: { MUG: 2 } }, together({ onNone: 'queue', release: undefined }));
    expect(await choose('a')).toMatchObject({ outcome: 'planned' });
    const none = setUp({}, together({ onNone: 'queue', release: undefined }));
    expect(await none.choose('a')).toMatchObject({ outcome: 'queued', claim: 'find' });
    expect(await queue.list('together', 10)).toEqual([]);
    expect(await none.queue.list('together', 10)).toHaveLength(1);
  });
});
