import type { Sku } from '../../kernel/ids.ts';
import { takesWork, type Item, type Node } from '../../network/index.ts';
import { keepFor } from '../../platform/keep-for.ts';
import type { SourcingView } from '../application/choose-nodes-for-order.ts';
import type { SourcingNode } from '../domain/tariff.ts';

/** The questions to the network's context that sourcing asks. */
export type NetworkReads = {
  readonly listAllNodes: () => Promise<readonly Node[]>;
  readonly findItems: (skus: readonly Sku[]) => Promise<readonly Item[]>;
};

/** A snoozed node may still be chosen for this long. */
const NODES_KEPT_MS = 10_000;
/** Weights hardly ever change; a Lambda's memory holds this many of them easily. */
const WEIGHTS_KEPT = 20_000;

const sourcingNodeOf = ({ nodeId, address, costs }: Node): SourcingNode => ({
  nodeId,
  costs,
  position:
    address.latitude === undefined || address.longitude === undefined
      ? undefined
      : { latitude: address.latitude, longitude: address.longitude },
});

/** The network as sourcing sees it, remembered between orders so that a decision costs few reads. */
export const makeNetworkView = (
  network: NetworkReads,
): Pick<SourcingView, 'nodesThatTakeWork' | 'gramsOf'> => {
  const weights = new Map<string, number>();
  return {
    nodesThatTakeWork: keepFor(NODES_KEPT_MS, async () =>
      (await network.listAllNodes()).filter(takesWork).map(sourcingNodeOf),
    ),
    gramsOf: async (skus) => {
      const unknown = skus.filter((sku) => !weights.has(sku));
      if (weights.size + unknown.length > WEIGHTS_KEPT) weights.clear();
      for (const item of unknown.length === 0 ? [] : await network.findItems(unknown)) {
        weights.set(item.sku, item.weightGrams);
      }
      return weights;
    },
  };
};
