import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { Node } from '../../network/index.ts';
import type { Catalogue, Network } from '../application/ports.ts';
import type { NodePlace } from '../application/read-expected-availability.ts';

/** The reads of the network context that inventory leans on; its query adapter has this shape. */
export type NetworkReads = {
  readonly findItems: (skus: readonly Sku[]) => Promise<readonly { readonly sku: Sku }[]>;
  readonly findNode: (nodeId: NodeId) => Promise<{ readonly nodeId: NodeId } | undefined>;
};

/** Remembered SKUs: a feed asks for the same ones of node after node. */
const MOST_REMEMBERED = 200_000;

/** A SKU that is known stays known: items are retired, never deleted. Unknown ones are asked for each time. */
export const rememberingSkus = (catalogue: Catalogue): Catalogue => {
  const known = new Set<Sku>();
  return {
    knownSkus: async (skus) => {
      const asked = [...new Set(skus)].filter((sku) => !known.has(sku));
      if (asked.length > 0) {
        if (known.size > MOST_REMEMBERED) known.clear();
        for (const sku of await catalogue.knownSkus(asked)) known.add(sku);
      }
      return known;
    },
  };
};

/** A retired item and a snoozed node are known: stock may still lie there. */
export const makeNetworkLookup = (reads: NetworkReads): Catalogue & Network => ({
  knownSkus: async (skus) => new Set((await reads.findItems(skus)).map((item) => item.sku)),
  knownNodes: async (nodeIds) => {
    const found = await Promise.all([...new Set(nodeIds)].map((nodeId) => reads.findNode(nodeId)));
    return new Set(found.flatMap((node) => (node === undefined ? [] : [node.nodeId])));
  },
});

export const placesOf = (
  nodes: readonly Pick<Node, 'nodeId' | 'address'>[],
): ReadonlyMap<NodeId, NodePlace> =>
  new Map(nodes.map(({ nodeId, address }) => [nodeId, { country: address.country, region: address.region }]));
