import { isDeepStrictEqual } from 'node:util';
import { factOf, type Fact } from '../../../shared/contracts/events/fact.ts';
import { itemChanged, nodeChanged } from '../../../shared/contracts/network/events.ts';
import type {
  NetworkQueries,
  NetworkStore,
  Page,
  PageRequest,
} from '../../../shared/network/application/ports.ts';
import type { Item } from '../../../shared/network/domain/item.ts';
import type { Node } from '../../../shared/network/domain/node.ts';

const pageOf = <Entry>(entries: readonly Entry[], { limit, cursor }: PageRequest): Page<Entry> => {
  const start = cursor === undefined ? 0 : Number(cursor);
  const end = start + limit;
  return { items: entries.slice(start, end), cursor: end < entries.length ? String(end) : undefined };
};

const byKey = <Entry>(entries: ReadonlyMap<string, Entry>): readonly Entry[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);

/** The network in memory, with the facts that the table's stream would publish. */
export const makeMemoryNetwork = (): NetworkStore & NetworkQueries & { readonly facts: readonly Fact[] } => {
  const nodes = new Map<string, Node>();
  const items = new Map<string, Item>();
  const facts: Fact[] = [];
  return {
    facts,
    saveNodes: async (changed) => {
      for (const node of changed) {
        if (isDeepStrictEqual(nodes.get(node.nodeId), node)) continue;
        nodes.set(node.nodeId, node);
        facts.push(factOf(nodeChanged, { nodeId: node.nodeId, type: node.type, status: node.status }));
      }
    },
    saveItems: async (changed) => {
      for (const item of changed) {
        if (isDeepStrictEqual(items.get(item.sku), item)) continue;
        items.set(item.sku, item);
        facts.push(factOf(itemChanged, { sku: item.sku, status: item.status }));
      }
    },
    findNode: async (nodeId) => nodes.get(nodeId),
    findItem: async (sku) => items.get(sku),
    findItems: async (skus) => [...new Set(skus)].flatMap((sku) => items.get(sku) ?? []),
    listAllNodes: async () => byKey(nodes),
    listNodes: async (page) => pageOf(byKey(nodes), page),
    listItems: async (page) => pageOf(byKey(items), page),
  };
};
