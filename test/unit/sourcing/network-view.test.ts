import { nodeId } from '../../../shared/contracts/scalars.ts';
import { makeNetworkView } from '../../../shared/sourcing/adapters/network-view.ts';
import { aNode } from '../../support/network/builders.ts';

const setUp = () => {
  const nodes = [aNode({ nodeId: 'OLD' })];
  let reads = 0;
  const view = makeNetworkView({
    listAllNodes: async () => {
      reads += 1;
      return [...nodes];
    },
    findItems: async () => [],
  });
  return { view, nodes, reads: () => reads };
};

describe('the network as sourcing sees it', () => {
  it('is remembered between orders', async () => {
    const { view, reads } = setUp();
    await view.nodes([nodeId.parse('OLD')]);
    await view.nodes([]);
    expect(reads()).toBe(1);
  });

  it('is read again when stock is at a node that it does not hold', async () => {
    const { view, nodes } = setUp();
    await view.nodes([]);
    nodes.push(aNode({ nodeId: 'NEW' }));
    const seen = await view.nodes([nodeId.parse('NEW')]);
    expect(seen.map((node) => node.nodeId)).toEqual(['OLD', 'NEW']);
  });
});
