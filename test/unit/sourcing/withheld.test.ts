import { decideOrder, whyNot, type DecisionInputs } from '../../../shared/sourcing/index.ts';
import { aNode, aStrategy, BOSTON, CHICAGO, someInputs } from '../../support/sourcing/builders.ts';

const nodesOf = (inputs: DecisionInputs) => decideOrder(inputs).parcels.map(({ node }) => node);
const near = (over: Parameters<typeof aNode>[1]) => [
  aNode('BOS', { position: BOSTON, ...over }),
  aNode('CHI', { position: CHICAGO, capabilities: ['ship', 'pickup', 'cold'] }),
];
const mugAndIce = {
  lines: [
    { lineId: '1', sku: 'MUG', quantity: 1 },
    { lineId: '2', sku: 'ICE', quantity: 1 },
  ],
};
const stock = { BOS: { MUG: 5, ICE: 5 }, CHI: { ICE: 5 } };
const iceIsCold = { ICE: { requires: ['cold'] } };

describe('what a node does not ship, whatever the rules say', () => {
  it('is what requires a capability that it lacks', () => {
    const decision = decideOrder(
      someInputs({ nodes: near({}), stock, request: mugAndIce, items: iceIsCold }),
    );

    expect(decision.parcels.map(({ node }) => node)).toEqual(['BOS', 'CHI']);
    expect(decision.scores.find(({ node }) => node === 'BOS')?.withheld).toEqual([
      { why: 'lacks', capability: 'cold', sku: 'ICE' },
    ]);
  });

  it('is a product that it has snoozed, until the snooze is over', () => {
    const until = (moment: string) =>
      someInputs({
        nodes: near({ productSnoozes: [{ sku: 'ICE', until: moment }] }),
        stock,
        request: mugAndIce,
      });
    expect(nodesOf(until('2026-11-23T09:30:01.000Z'))).toEqual(['BOS', 'CHI']);
    expect(nodesOf(until('2026-11-23T09:30:00.000Z'))).toEqual(['BOS']);
  });

  it('is everything while it is snoozed, and awake again afterwards whatever its status says', () => {
    const until = (snoozedUntil: string) =>
      nodesOf(someInputs({ nodes: near({ status: 'snoozed', snoozedUntil }) }));
    expect(until('2026-11-23T10:30:01.000+01:00')).toEqual(['CHI']);
    expect(until('2026-11-23T10:30:00.000+01:00')).toEqual(['BOS']);
  });

  it('is what the customer collects, at a node where nobody can', () => {
    const inputs = someInputs({ nodes: near({}), request: { orderType: 'pickup' } });
    expect(nodesOf(inputs)).toEqual(['CHI']);
    expect(decideOrder(inputs).eliminated).toEqual([
      { node: 'BOS', reasons: [{ why: 'lacks', capability: 'pickup' }] },
    ]);
    // Another node sends it there, which is shipping.
    const sent = someInputs({ nodes: near({}), request: { orderType: 'pickup', pickupNode: 'CHI' } });
    expect(nodesOf(sent)).toEqual(['BOS']);
  });

  it('may be said to give way by a rule, for some capabilities alone', () => {
    const decide = (capability: string) =>
      nodesOf(
        someInputs({
          nodes: [aNode('BOS', { position: BOSTON })],
          items: { MUG: { requires: [capability] } },
          strategy: aStrategy(
            [{ id: 'gifts', strength: 'soft', type: 'capability', capabilities: ['gift-wrap'] }],
            { relax: ['gifts'] },
          ),
        }),
      );
    expect(decide('gift-wrap')).toEqual(['BOS']);
    expect(decide('cold')).toEqual([]);
  });
});

describe('why such a node was not chosen', () => {
  it('names the capability or the snooze', () => {
    const cold = someInputs({ nodes: near({}), items: { MUG: { requires: ['cold'] } } });
    expect(whyNot(cold, 'BOS')).toEqual({
      answer: 'ways',
      ways: [[{ lift: { why: 'lacks', capability: 'cold', sku: 'MUG' } }]],
    });
    const until = '2027-01-01T00:00:00.000Z';
    const snoozed = someInputs({ nodes: near({ productSnoozes: [{ sku: 'MUG', until }] }) });
    expect(whyNot(snoozed, 'BOS')).toEqual({
      answer: 'ways',
      ways: [[{ lift: { why: 'productSnoozed', sku: 'MUG', until } }]],
    });
  });
});
