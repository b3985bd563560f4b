import type { Delivery } from '../../domain/delivery.ts';

/** How long a raw body and its outcome can be looked at; an order outlives both. */
export const DAYS_KEPT = 90;

export const deliveryKey = (deliveryId: string) => ({ pk: `DELIVERY#${deliveryId}`, sk: 'RECEIVED' });
export const partKey = (deliveryId: string, part: number) => ({
  pk: `DELIVERY#${deliveryId}`,
  sk: `PART#${String(part).padStart(2, '0')}`,
});
/** Outcomes lie by connection and time: the list of a connection's deliveries is one query and needs no index. */
export const outcomeKey = (delivery: Delivery) => ({
  pk: `OUTCOMES#${delivery.channel}#${delivery.connection}`,
  sk: `${delivery.receivedAt}#${delivery.deliveryId}`,
});

export const expiryOf = (delivery: Delivery): number =>
  Math.floor(Date.parse(delivery.receivedAt) / 1000) + DAYS_KEPT * 86_400;
