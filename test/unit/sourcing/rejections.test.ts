import { withRejections } from '../../../shared/sourcing/application/note-rejection.ts';
import { decideOrder } from '../../../shared/sourcing/index.ts';
import { aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const at = (minutesAgo: number): string =>
  new Date(Date.parse('2026-11-23T09:30:00.000Z') - minutesAgo * 60_000).toISOString();
const strategy = aStrategy([{ id: 'cool', strength: 'hard', type: 'coolDown', rejections: 2, minutes: 60 }]);

const nodesAfter = (minutesAgo: readonly number[]): readonly string[] => {
  const inputs = someInputs({ strategy });
  const rejections = minutesAgo.map((minutes, index) => ({
    nodeId: 'BOS',
    fulfilmentOrderId: `${index}`,
    at: at(minutes),
  }));
  const { parcels } = decideOrder({ ...inputs, nodes: withRejections(inputs.nodes, rejections) });
  return parcels.map(({ node }) => node);
};

describe('a node that rejected orders', () => {
  it('is asked again before the limit is reached', () => {
    expect(nodesAfter([5])).toEqual(['BOS']);
  });

  it('is left alone from the limit on, until the rejections are old enough', () => {
    expect(nodesAfter([5, 10])).toEqual(['CHI']);
    expect(nodesAfter([5, 61])).toEqual(['BOS']);
  });
});
