export { takesWork, type Node, type NodeType } from './domain/node.ts';
export type { Item } from './domain/item.ts';
