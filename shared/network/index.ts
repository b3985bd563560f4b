export { capabilitiesOf, isSnoozedAt, type Node, type NodeCalendar, type NodeType } from './domain/node.ts';
export type { Item } from './domain/item.ts';
