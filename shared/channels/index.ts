export { connectionRefOf, type ChannelName, type ConnectionRef } from './domain/delivery.ts';
