import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Item } from '../domain/item.ts';
import type { Node } from '../domain/node.ts';

export type Page<Entry> = { readonly items: readonly Entry[]; readonly cursor: string | undefined };
export type PageRequest = { readonly limit: number; readonly cursor: string | undefined };

/** What the network looks like: read by every context that sources, ships or counts. */
export type NetworkQueries = {
  readonly findNode: (nodeId: NodeId) => Promise<Node | undefined>;
  readonly findItem: (sku: Sku) => Promise<Item | undefined>;
  readonly findItems: (skus: readonly Sku[]) => Promise<readonly Item[]>;
  readonly listAllNodes: () => Promise<readonly Node[]>;
  /** Throws on a cursor that it did not make. */
  readonly listNodes: (page: PageRequest) => Promise<Page<Node>>;
  readonly listItems: (page: PageRequest) => Promise<Page<Item>>;
};

/**
 * Keeps nodes and items. What is unchanged is not written again and states no fact; what changed is written together
 * with its fact, every entry on its own.
 */
export type NetworkStore = {
  readonly saveNodes: (nodes: readonly Node[], at: Instant) => Promise<void>;
  readonly saveItems: (items: readonly Item[], at: Instant) => Promise<void>;
};
