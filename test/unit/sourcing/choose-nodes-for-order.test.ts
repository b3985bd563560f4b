import { nodeId } from '../../../shared/contracts/scalars.ts';
import { decisionInputs } from '../../../shared/contracts/sourcing/decision.ts';
import { sourcingRequest, type SourcingRequest } from '../../../shared/contracts/sourcing/tasks.ts';
import { hashSha256 } from '../../../shared/sourcing/adapters/dynamo-decision-log.ts';
import { makeChooseNodesForOrder } from '../../../shared/sourcing/application/choose-nodes-for-order.ts';
import { canonicalJson, decideOrder, DEFAULT_STRATEGY } from '../../../shared/sourcing/index.ts';
import type { DecisionRecord } from '../../../shared/sourcing/domain/decision-record.ts';
import type { OfferedNode, Rule, Strategy } from '../../../shared/sourcing/index.ts';
import type { Stage } from '../../../shared/sourcing/domain/strategy/strategy.ts';
import { dayKey, makeRecentLoads } from '../../../shared/sourcing/application/recent-loads.ts';
import { aNode, BOSTON, SEATTLE } from '../../support/sourcing/builders.ts';
import { memorySourcing } from '../../support/sourcing/memory-sourcing.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';

const request = (over: Partial<Record<keyof SourcingRequest, unknown>> = {}): SourcingRequest =>
  sourcingRequest.parse({
    orderId: ORDER,
    revision: 1,
    reservationId: `${ORDER}.1`,
    orderType: 'consumer',
    shipComplete: false,
    lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }],
    shipTo: { country: 'US', region: 'MA' },
    excludedNodes: [],
    ...over,
  });

const setUp = (
  stock: Record<string, Record<string, number>>,
  strategy: Strategy = DEFAULT_STRATEGY,
  limits: Readonly<Record<string, Partial<OfferedNode>>> = {},
) => {
  const kept: DecisionRecord[] = [];
  const { capacity, queue, waiters, table } = memorySourcing();
  const recent = makeRecentLoads({ capacity, keepMs: 2_000, now: () => 0 });
  const { plan, question } = makeChooseNodesForOrder({
    view: {
      nodes: async () => [
        aNode('BOS', { position: BOSTON, ...limits['BOS'] }),
        aNode('SEA', { position: SEATTLE, ...limits['SEA'] }),
      ],
      loads: recent.of,
      stockOnOffer: async () =>
        Object.entries(stock).flatMap(([id, skus]) =>
          Object.entries(skus).map(([sku, available]) => ({ sku, nodeId: nodeId.parse(id), available })),
        ),
      factsOf: async (skus) => new Map(skus.map((sku) => [sku, { grams: 1_000 }])),
      pricesOf: async () => [],
      weeklyDemandOf: async () => [],
      strategyFor: async () => strategy,
    },
    decisions: { keep: async (decision) => void kept.push(decision) },
    capacity,
    queue,
    waiters,
    forgetLoads: recent.forget,
    now: () => '2026-11-23T09:30:00.000Z',
    decisionIdOf: (of) => `${of.reservationId}.d`,
    hash: hashSha256,
  });
  const choose = (wanted: SourcingRequest, races = { lost: 0, held: false }) => plan(wanted, races);
  return { choose, question, kept, capacity, queue, waiters, table };
};

describe('choosing nodes for an order', () => {
  it('ships from the near node when both have the stock', async () => {
    const plan = await setUp({ BOS: { MUG: 5 }, SEA: { MUG: 5 } }).choose(request());
    expect(plan).toMatchObject({
      outcome: 'planned',
      shipments: [{ nodeId: 'BOS', lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }] }],
    });
  });

  it('takes the far node when the near one has rejected the order', async () => {
    const plan = await setUp({ BOS: { MUG: 5 }, SEA: { MUG: 5 } }).choose(
      request({ excludedNodes: ['BOS'] }),
    );
    expect(plan.shipments.map((shipment) => shipment.nodeId)).toEqual(['SEA']);
  });

  it('splits rather than leave units behind', async () => {
    const plan = await setUp({ BOS: { MUG: 1 }, SEA: { MUG: 1 } }).choose(request());
    expect(plan.shipments.map((shipment) => shipment.nodeId).sort()).toEqual(['BOS', 'SEA']);
  });

  it('ships what there is, or nothing at all when the order is ship-complete', async () => {
    const partial = { BOS: { MUG: 1 } };
    expect((await setUp(partial).choose(request())).outcome).toBe('planned');
    expect((await setUp(partial).choose(request({ shipComplete: true }))).outcome).toBe('nothing');
  });

  it('keeps the decision with its cost', async () => {
    const { choose, kept } = setUp({ BOS: { MUG: 5 } });
    const plan = await choose(request());
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({
      decisionId: plan.decisionId,
      decision: {
        proven: true,
        eliminated: [{ node: 'SEA', reasons: [{ why: 'noStock' }] }],
        scores: [{ node: 'BOS' }],
      },
    });
    // 875.9 + 100 a shipment; 2 x (50 + 42.3 + 0.0541 x miles from Boston to the middle of Massachusetts).
    expect(plan.costMinor).toBeGreaterThan(1_160);
    expect(plan.costMinor).toBeLessThan(1_170);
  });

  it('keeps inputs from which the same decision is made again, through JSON and the schema of the API', async () => {
    const { choose, kept } = setUp({ BOS: { MUG: 1 }, SEA: { MUG: 3 } });
    await choose(request());
    const [record] = kept;
    const inputs = decisionInputs.parse(JSON.parse(JSON.stringify(record?.inputs)));
    expect(hashSha256(canonicalJson(inputs))).toBe(record?.inputHash);
    expect(hashSha256(canonicalJson(decideOrder(inputs)))).toBe(record?.decisionHash);
  });

  it.each([
    ['exception', 'exception', 'no node can ship any of it; strategy default version 0 says so'],
    ['queue', 'queued', 'no node can ship any of it; strategy default version 0 says so'],
    ['backorder', 'nothing', null],
  ] as const)('says what becomes of an order that nobody can ship: %s', async (onNone, outcome, reason) => {
    const { choose, kept } = setUp({}, { ...DEFAULT_STRATEGY, onNone, cancelAfterDays: 3 });
    const plan = await choose(request());
    expect(plan).toMatchObject({
      outcome,
      shipments: [],
      cancelAfterDays: onNone === 'backorder' ? 3 : null,
    });
    expect(plan.reason).toBe(reason);
    expect(kept).toHaveLength(1);
  });

  it('says how much of an order could ship that is not to ship in part', async () => {
    const plan = await setUp({ BOS: { MUG: 1 } }, { ...DEFAULT_STRATEGY, onPartial: 'exception' }).choose(
      request(),
    );
    expect(plan).toMatchObject({
      outcome: 'exception',
      reason: 'only 1 of its units can ship; strategy default version 0 says so',
    });
  });
});

describe('choosing nodes whose days are limited', () => {
  const both = { BOS: { MUG: 9 }, SEA: { MUG: 9 } };
  const day = { nodeId: 'BOS', day: '2026-11-23' };
  const other = {
    orderId: 'ord_01h9v6q0x4m8c2k7r5t3w1y9zb',
    reservationId: 'ord_01h9v6q0x4m8c2k7r5t3w1y9zb.1',
  };
  const nodesOf = ({ shipments }: { readonly shipments: readonly { readonly nodeId: string }[] }) =>
    shipments.map(({ nodeId: id }) => id);

  it('reads and writes nothing about capacity where no node is limited', async () => {
    const { choose, table } = setUp(both);
    expect((await choose(request())).holdsCapacity).toBe(false);
    expect(table.items.size).toBe(0);
  });

  it('holds a place in the day of the node that it chooses', async () => {
    const { choose, capacity } = setUp(both, DEFAULT_STRATEGY, { BOS: { ordersPerDay: 1 } });
    expect(await choose(request())).toMatchObject({ holdsCapacity: true, shipments: [{ nodeId: 'BOS' }] });
    expect((await capacity.loads([day])).get(dayKey(day))).toEqual({ orders: 1, lines: 1, units: 2 });
  });

  it('goes elsewhere when the last place has gone since it looked', async () => {
    const { choose } = setUp(both, DEFAULT_STRATEGY, { BOS: { ordersPerDay: 1 } });
    expect(nodesOf(await choose(request()))).toEqual(['BOS']);
    // What it remembers of the day still says that there is room.
    expect(nodesOf(await choose(request(other)))).toEqual(['SEA']);
  });

  it('answers a repetition with the plan that holds, though the day is full by now', async () => {
    const { choose } = setUp(both, DEFAULT_STRATEGY, { BOS: { ordersPerDay: 1 } });
    const first = await choose(request());
    expect(await choose(request())).toEqual(first);
  });

  it('gives back what a lost plan held before it chooses anew', async () => {
    const { choose, capacity } = setUp(both, DEFAULT_STRATEGY, { BOS: { unitsPerDay: 5 } });
    await choose(request());
    await choose(request({ excludedNodes: ['BOS'] }), { lost: 1, held: true });
    expect((await capacity.loads([day])).get(dayKey(day))).toEqual({ orders: 0, lines: 0, units: 0 });
  });

  it('holds nothing for a question', async () => {
    const { question, table } = setUp(both, DEFAULT_STRATEGY, { BOS: { ordersPerDay: 1 } });
    expect(nodesOf(await question(request()))).toEqual(['BOS']);
    expect(table.items.size).toBe(0);
  });

  it('counts on a day that its rule lets overflow, without being held up', async () => {
    const strategy: Strategy = {
      ...DEFAULT_STRATEGY,
      rules: [{ id: 'day', type: 'capacity', strength: 'soft' }],
      relax: ['day'],
    };
    const { choose, capacity } = setUp({ BOS: { MUG: 9 } }, strategy, { BOS: { ordersPerDay: 1 } });
    await choose(request());
    expect(nodesOf(await choose(request(other)))).toEqual(['BOS']);
    expect((await capacity.loads([day])).get(dayKey(day))?.orders).toBe(2);
  });

  it('holds by the rules of the stage that decides', async () => {
    const day: Rule = { id: 'day', type: 'capacity', strength: 'hard', ordersPerDay: 1 };
    const first: Stage = { id: 'near', rules: [day], relax: [], onPartial: 'next', onNone: 'next' };
    const { choose } = setUp({ BOS: { MUG: 9 } }, { ...DEFAULT_STRATEGY, rules: [], stages: [first] });
    expect(await choose(request())).toMatchObject({ holdsCapacity: true });
    // The stage has no room any more; the strategy itself knows no limit.
    expect(nodesOf(await choose(request(other)))).toEqual(['BOS']);
  });
});
