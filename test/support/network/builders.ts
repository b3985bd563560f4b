import { item, type Item, type ItemInput } from '../../../shared/contracts/network/item.ts';
import { node, type Node, type NodeInput } from '../../../shared/contracts/network/node.ts';

export const aNode = (over: Partial<NodeInput> = {}): Node =>
  node.parse({
    nodeId: 'DC-EAST',
    name: 'East distribution centre',
    type: 'warehouse',
    address: {
      city: 'Columbus',
      region: 'OH',
      postcode: '43004',
      country: 'US',
      latitude: 40,
      longitude: -82.9,
    },
    costs: { perShipment: 120, perUnit: 45 },
    ...over,
  });

export const anItem = (over: Partial<ItemInput> = {}): Item =>
  item.parse({ sku: 'MUG-RED', title: 'Red mug', weightGrams: 350, ...over });
