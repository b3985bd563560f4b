import { tellDecision, tellWhyNot } from '../../../console/cli/tell-decision.ts';
import { decideOrder, whyNot, type DecisionInputs } from '../../../shared/sourcing/index.ts';
import { aNode, aStrategy, BOSTON, SEATTLE, someInputs } from '../../support/sourcing/builders.ts';

const tell = (inputs: DecisionInputs) => tellDecision(decideOrder(inputs), inputs);
const first = { id: 'first', rules: [], relax: [], onNone: 'next' as const };

describe('yard why', () => {
  it('tells which stages handed an order on, with what they had, and which decided', () => {
    const near = {
      id: 'near',
      strength: 'hard',
      type: 'only',
      where: { nodes: ['BOS'] },
    } as const;
    const stages = [
      { ...first, rules: [near], onPartial: 'next' as const },
      {
        id: 'far',
        rules: [{ ...near, id: 'far-only', where: { nodes: ['SEA'] } }],
        relax: [],
        onPartial: 'ship' as const,
        onNone: 'next' as const,
        cancelAfterDays: 1,
      },
    ];
    const stock = { BOS: { MUG: 1 }, SEA: { MUG: 1 } };
    const told = tell(someInputs({ stock, strategy: aStrategy([], { stages }) }));
    expect(told).toContain('Stage first handed it on: it had 1 unit of it only.');
    expect(told).toContain('Decided in stage far.');
    expect(told).toContain('Nobody ships 1 x MUG; what waits is cancelled after 1 day.');
  });

  it.each([
    ['queue', 'it waits for the next batch release'],
    ['exception', 'it waits for a person'],
    ['backorder', 'it waits for stock; what waits is cancelled after 3 days'],
  ] as const)('tells what an order waits for that is not to ship in part: %s', (onPartial, waits) => {
    const strategy = aStrategy([], { onPartial, cancelAfterDays: 3 });
    const told = tell(someInputs({ stock: { BOS: { MUG: 1 } }, strategy }));
    expect(told[0]).toBe(`Nothing ships: ${waits}.`);
    expect(told).toContain('1 unit could ship, but not without the rest.');
  });

  it('tells when a parcel leaves and arrives, what coming late costs, and what a node lacks', () => {
    const inputs = someInputs({
      nodes: [aNode('SEA', { position: SEATTLE }), aNode('COLD', { position: BOSTON, capabilities: [] })],
      stock: { SEA: { MUG: 2 }, COLD: { MUG: 2 } },
      request: { deliverBy: '2026-11-25T04:59:59.000Z' },
      strategy: aStrategy([{ id: 'late', type: 'latenessCost', costPerDay: 250 }]),
    });
    const told = tell(inputs);
    expect(told[0]).toContain('and 10.00 for coming late');
    expect(told[1]).toContain('leaving 2026-11-23, there on 2026-11-28, 4 days late.');
    expect(told).toContain('Out: COLD (it has no ship).');
    expect(tellWhyNot('COLD', whyNot(inputs, 'COLD'))).toEqual([
      'COLD would have been chosen if it had ship.',
    ]);
  });
});
