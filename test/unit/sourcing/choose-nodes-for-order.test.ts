import { nodeId } from '../../../shared/contracts/scalars.ts';
import { sourcingRequest, type SourcingRequest } from '../../../shared/contracts/sourcing/tasks.ts';
import { makeChooseNodesForOrder } from '../../../shared/sourcing/application/choose-nodes-for-order.ts';
import type { DecisionRecord } from '../../../shared/sourcing/domain/decision-record.ts';
import type { SourcingNode } from '../../../shared/sourcing/domain/tariff.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const BOSTON = { latitude: 42.36, longitude: -71.06 };
const SEATTLE = { latitude: 47.61, longitude: -122.33 };

const node = (id: string, position: SourcingNode['position']): SourcingNode => ({
  nodeId: nodeId.parse(id),
  position,
  costs: { perShipment: 100, perUnit: 50 },
});

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

const setUp = (stock: Record<string, Record<string, number>>) => {
  const kept: DecisionRecord[] = [];
  const choose = makeChooseNodesForOrder({
    view: {
      nodesThatTakeWork: async () => [node('BOS', BOSTON), node('SEA', SEATTLE)],
      stockOnOffer: async () =>
        Object.entries(stock).flatMap(([id, skus]) =>
          Object.entries(skus).map(([sku, available]) => ({ sku, nodeId: nodeId.parse(id), available })),
        ),
      gramsOf: async (skus) => new Map(skus.map((sku) => [sku, 1_000])),
    },
    decisions: { keep: async (decision) => void kept.push(decision) },
    now: () => '2026-11-23T09:30:00.000Z',
    decisionIdOf: (of) => `${of.reservationId}.d`,
  });
  return { choose, kept };
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

  it('keeps the decision with its candidates and its cost', async () => {
    const { choose, kept } = setUp({ BOS: { MUG: 5 } });
    const plan = await choose(request());
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({
      decisionId: plan.decisionId,
      candidates: [{ node: 'BOS' }],
      choice: { proven: true },
    });
    // 875.9 + 100 a shipment; 2 x (50 + 42.3 + 0.0541 x miles from Boston to the middle of Massachusetts).
    expect(plan.costMinor).toBeGreaterThan(1_160);
    expect(plan.costMinor).toBeLessThan(1_170);
  });
});
