import { makeEvaluateSourcing } from '../../../shared/sourcing/application/evaluate-sourcing.ts';
import { evaluateSourcing } from '../../../shared/contracts/sourcing/routes.ts';
import { decideOrder, type DecisionRecord } from '../../../shared/sourcing/index.ts';
import { aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const world = someInputs();
const past: DecisionRecord = {
  decisionId: `${ORDER}.1.a`,
  orderId: ORDER,
  at: world.at,
  inputHash: '',
  decisionHash: '',
  inputs: someInputs({ request: { excludedNodes: ['BOS'] } }),
  decision: decideOrder(world),
};

const evaluate = makeEvaluateSourcing({
  view: {
    nodes: async () => world.nodes,
    loads: async () => new Map(),
    stockOnOffer: async () => world.offers,
    factsOf: async () => new Map(Object.entries(world.items)),
    pricesOf: async () => [],
    weeklyDemandOf: async () => [{ sku: 'MUG', nodeId: 'BOS', units: 4 }],
    strategyFor: async () => world.strategy,
  },
  decisions: {
    find: async () => undefined,
    listOfOrder: async (orderId) => (orderId === ORDER ? [past] : []),
  },
  now: () => world.at,
});
const nodesOf = (answer: Awaited<ReturnType<typeof evaluate>>): unknown =>
  answer.ok ? answer.value.decision.parcels.map(({ node }) => node) : answer.refusal.type;

describe('a dry evaluation', () => {
  it('decides on a basket as the live decision would', async () => {
    expect(nodesOf(await evaluate({ basket: world.request }, undefined))).toEqual(['BOS']);
  });

  it('decides on an order as it was last sourced, on the stock of now', async () => {
    expect(nodesOf(await evaluate({ orderId: ORDER }, undefined))).toEqual(['CHI']);
    expect(nodesOf(await evaluate({ orderId: 'ord_unknown' }, undefined))).toBe('neverSourced');
  });

  it('decides by a draft, unless it contradicts itself', async () => {
    const draft = aStrategy([{ id: 'r', strength: 'hard', type: 'only', where: { nodes: ['SEA'] } }]);
    expect(nodesOf(await evaluate({ basket: world.request }, draft))).toEqual(['SEA']);
    expect(nodesOf(await evaluate({ basket: world.request }, { ...draft, relax: ['r'] }))).toBe(
      'contradicts',
    );
  });

  it('looks expected demand up for a draft that keeps weeks of supply', async () => {
    const draft = aStrategy([{ id: 'r', strength: 'hard', type: 'weeksOfSupply', weeks: 1, where: {} }]);
    expect(nodesOf(await evaluate({ basket: world.request }, draft))).toEqual(['CHI']);
  });

  it('is refused for lines of which no whole kits can be made, with the line named', () => {
    const kit = (perKit: number) => ({ kit: { kitId: 'SET', perKit } });
    const faultsOf = (...lines: readonly object[]): readonly string[] => {
      const parsed = evaluateSourcing.body.safeParse({
        basket: { lines: lines.map((line, at) => ({ lineId: `${at}`, sku: 'MUG', ...line })), shipTo: {} },
      });
      return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
    };
    expect(faultsOf({ quantity: 2, ...kit(1) }, { quantity: 8, ...kit(4) })).toEqual([]);
    expect(faultsOf({ quantity: 3, ...kit(2) })).toEqual([
      'basket.lines.0.kit: 3 units make no whole number of kits of 2',
    ]);
    expect(faultsOf({ quantity: 2, ...kit(1) }, { quantity: 4, ...kit(4) })).toEqual([
      'basket.lines.1.kit: makes 1 of kit SET, line 0 makes 2',
    ]);
    expect(faultsOf({ quantity: 1, ...kit(1) }, { lineId: '0', quantity: 2, ...kit(2) })).toEqual([
      'basket.lines.1.lineId: line 0 is there already',
    ]);
  });

  it('is asked for either a basket or an order', () => {
    const basket = { lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }], shipTo: { country: 'US' } };
    expect(evaluateSourcing.body.safeParse({ basket }).success).toBe(true);
    expect(evaluateSourcing.body.safeParse({ orderId: ORDER }).success).toBe(true);
    expect(evaluateSourcing.body.safeParse({ basket, orderId: ORDER }).success).toBe(false);
    expect(evaluateSourcing.body.safeParse({}).success).toBe(false);
  });
});
