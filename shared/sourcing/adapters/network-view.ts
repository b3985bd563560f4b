import type { Sku } from '../../kernel/ids.ts';
import type { Item, Node } from '../../network/index.ts';
import { keepFor } from '../../platform/keep-for.ts';
import type { KnownNode } from '../application/offered-node.ts';
import type { SourcingView } from '../application/ports.ts';
import type { ItemFacts } from '../domain/decision-inputs.ts';

/** The questions to the network's context that sourcing asks. */
export type NetworkReads = {
  readonly listAllNodes: () => Promise<readonly Node[]>;
  readonly findItems: (skus: readonly Sku[]) => Promise<readonly Item[]>;
};

/** A snoozed node may still be chosen for this long. */
const NODES_KEPT_MS = 10_000;
/** Weights and prices hardly ever change; a Lambda's memory holds this many of them easily. */
const ITEMS_KEPT = 20_000;
/** An item that turns out to be hazardous may go to the wrong node for this long. */
const ITEMS_KEPT_MS = 300_000;

const knownNodeOf = ({
  nodeId,
  type,
  status,
  priority,
  address,
  costs,
  ordersPerDay,
  linesPerDay,
  unitsPerDay,
  snoozedUntil,
  productSnoozes,
  capabilities,
  calendar,
}: Node): KnownNode => ({
  nodeId,
  type,
  status,
  priority,
  costs,
  ...(address.country === undefined ? {} : { country: address.country }),
  ...(address.region === undefined ? {} : { region: address.region }),
  ...(address.latitude === undefined || address.longitude === undefined
    ? {}
    : { position: { latitude: address.latitude, longitude: address.longitude } }),
  ...(ordersPerDay === undefined ? {} : { ordersPerDay }),
  ...(linesPerDay === undefined ? {} : { linesPerDay }),
  ...(unitsPerDay === undefined ? {} : { unitsPerDay }),
  ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
  ...(productSnoozes === undefined ? {} : { productSnoozes }),
  ...(capabilities === undefined ? {} : { capabilities }),
  ...(calendar === undefined ? {} : { calendar }),
});

const factsOfItem = ({ weightGrams, price, requires }: Item): ItemFacts => ({
  grams: weightGrams,
  ...(price === undefined ? {} : { value: price.minor }),
  ...(requires === undefined || requires.length === 0 ? {} : { requires }),
});

/** The network as sourcing sees it, remembered between orders so that a decision costs few reads. */
export const makeNetworkView = (network: NetworkReads): Pick<SourcingView, 'nodes' | 'factsOf'> => {
  const facts = new Map<string, ItemFacts>();
  let forgetAt = 0;
  const readNodes = () => keepFor(NODES_KEPT_MS, async () => (await network.listAllNodes()).map(knownNodeOf));
  let kept = readNodes();
  return {
    nodes: async (holding) => {
      const nodes = await kept();
      const known = new Set(nodes.map(({ nodeId }) => nodeId));
      if (holding.every((nodeId) => known.has(nodeId))) return nodes;
      // Stock at a node that was added a moment ago: without it the order would wait for stock that is there.
      kept = readNodes();
      return kept();
    },
    factsOf: async (skus) => {
      if (Date.now() > forgetAt) {
        facts.clear();
        forgetAt = Date.now() + ITEMS_KEPT_MS;
      }
      const unknown = skus.filter((sku) => !facts.has(sku));
      if (facts.size + unknown.length > ITEMS_KEPT) facts.clear();
      for (const item of unknown.length === 0 ? [] : await network.findItems(unknown)) {
        facts.set(item.sku, factsOfItem(item));
      }
      return facts;
    },
  };
};
