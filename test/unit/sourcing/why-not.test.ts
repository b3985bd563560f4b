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
});
