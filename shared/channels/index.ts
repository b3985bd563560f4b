export type { ChannelName, ConnectionRef } from './domain/delivery.ts';
