import type { NodeId, Sku } from '../../kernel/ids.ts';

/** One SKU at one node: the place where stock is counted and claimed. */
export type Cell = { readonly sku: Sku; readonly nodeId: NodeId };

/** A node id holds no `#`, so the text names exactly one cell. */
export const cellKey = ({ sku, nodeId }: Cell): string => `${nodeId}#${sku}`;

export const isSameCell = (a: Cell, b: Cell): boolean => a.sku === b.sku && a.nodeId === b.nodeId;
