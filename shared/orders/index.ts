export type { ChannelOrder, ChannelOrderLine, ShipTo } from './domain/channel-order.ts';
export type { LineQuantity, Order, OrderLine } from './domain/order.ts';
export { statusOf, type OrderStatus } from './domain/status.ts';
