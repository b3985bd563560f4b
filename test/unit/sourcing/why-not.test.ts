import type { CalendarNow } from '../../../shared/sourcing/domain/ship-day.ts';
import { whyNot } from '../../../shared/sourcing/index.ts';
import { aNode, aStrategy, BOSTON, SEATTLE, someInputs } from '../../support/sourcing/builders.ts';

describe('why a node was not chosen', () => {
  it('is no question for the chosen node, nor for one that nobody knew', () => {
    expect(whyNot(someInputs(), 'BOS')).toEqual({ answer: 'chosen' });
    expect(whyNot(someInputs(), 'NOWHERE')).toEqual({ answer: 'unknownNode' });
  });

  it('names the units that are missing, and no more of them', () => {
    // SEA ships the whole order; BOS is cheaper as soon as it has both units.
    const inputs = someInputs({ stock: { BOS: { MUG: 1 }, SEA: { MUG: 5 } } });
    expect(whyNot(inputs, 'BOS')).toMatchObject({ answer: 'ways', ways: [[{ stock: { MUG: 1 } }], [{}]] });
  });

  it('names the least that the node would have to be cheaper', () => {
    const nodes = [
      aNode('NEAR', { position: BOSTON }),
      aNode('SAME', { position: BOSTON, costs: { perShipment: 130, perUnit: 50 } }),
    ];
    const inputs = someInputs({ nodes, stock: { NEAR: { MUG: 5 }, SAME: { MUG: 5 } } });
    // 30 a shipment make it even, and 31 decide.
    expect(whyNot(inputs, 'SAME')).toEqual({
      answer: 'ways',
      ways: [[{ lessAShipment: 31, lessAUnit: 0 }]],
    });
  });

  it('names what a unit would have to cost where a free shipment is not enough', () => {
    const inputs = someInputs({ request: { lines: [{ lineId: '1', sku: 'MUG', quantity: 100 }] }, stock: {
      BOS: { MUG: 100 }, SEA: { MUG: 100 },
    } }); // prettier-ignore
    expect(whyNot(inputs, 'SEA')).toMatchObject({ ways: [[{ lessAShipment: 976 }]] });
  });

  it('names what stood against the node', () => {
    const snoozed = someInputs({
      nodes: [aNode('BOS', { position: BOSTON, status: 'snoozed' }), aNode('SEA', { position: SEATTLE })],
    });
    expect(whyNot(snoozed, 'BOS')).toEqual({ answer: 'ways', ways: [[{ lift: { why: 'snoozed' } }]] });
    const rejected = someInputs({ request: { excludedNodes: ['BOS'] } });
    expect(whyNot(rejected, 'BOS')).toEqual({ answer: 'ways', ways: [[{ lift: { why: 'rejected' } }]] });
    const ruled = someInputs({
      strategy: aStrategy([{ id: 'not-bos', strength: 'hard', type: 'except', where: { nodes: ['BOS'] } }]),
    });
    expect(whyNot(ruled, 'BOS')).toEqual({
      answer: 'ways',
      ways: [[{ lift: { why: 'rule', rule: 'not-bos' } }]],
    });
  });

  it('says what else is needed once nothing stands against the node', () => {
    const inputs = someInputs({ request: { excludedNodes: ['SEA'] } });
    expect(whyNot(inputs, 'SEA')).toMatchObject({
      ways: [[{ lift: { why: 'rejected' } }, { lessAUnit: 0 }]],
    });
  });

  it('names a rule on the whole order that keeps a second node out', () => {
    const inputs = someInputs({
      stock: { BOS: { MUG: 1 }, CHI: { MUG: 1 } },
      strategy: aStrategy([{ id: 'one-parcel', strength: 'hard', type: 'maxShipments', most: 1 }]),
    });
    expect(whyNot(inputs, 'CHI')).toMatchObject({
      answer: 'ways',
      ways: [[{ lift: { why: 'rule', rule: 'one-parcel' } }], [{ stock: { MUG: 1 } }], [{}]],
    });
  });

  it('names the days sooner that the node would have to ship', () => {
    // Mondays, after the cut-off; two working days of handling: it leaves on Thursday.
    const calendar: CalendarNow = {
      timeZone: 'Etc/UTC',
      localTime: '2026-11-23T09:30',
      workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      closedDates: [],
      cutOff: '09:00',
      handlingDays: 2,
    };
    const nodes = [aNode('BOS', { position: BOSTON, calendar }), aNode('SEA', { position: SEATTLE })];
    const within = (days: number) =>
      someInputs({
        nodes,
        strategy: aStrategy([{ id: 'soon', strength: 'hard', type: 'shipsWithin', days }]),
      });
    expect(whyNot(within(1), 'BOS')).toEqual({
      answer: 'ways',
      ways: [[{ lift: { why: 'rule', rule: 'soon' } }], [{ daysSooner: 2 }]],
    });
    expect(whyNot(within(0), 'BOS')).toMatchObject({ ways: [[{}], [{ daysSooner: 3 }]] });
    const priced = aStrategy([{ id: 'wait', type: 'waitCost', costPerDay: 200 }]);
    expect(whyNot(someInputs({ nodes, strategy: priced }), 'BOS')).toMatchObject({
      ways: [
        [{ daysSooner: expect.any(Number) as number }],
        [{ lessAShipment: expect.any(Number) as number }],
      ],
    });
  });
});
