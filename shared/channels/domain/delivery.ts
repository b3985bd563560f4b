import type { Instant } from '../../kernel/instant.ts';
import type { OrderId } from '../../kernel/ids.ts';

export type ChannelName = 'shopify' | 'woocommerce';

/** One shop of one channel. */
export type ConnectionRef = { readonly channel: ChannelName; readonly connection: string };

/** What a channel delivered, as it came. `topic` is '' where the channel named none. */
export type Delivery = ConnectionRef & {
  readonly deliveryId: string;
  readonly topic: string;
  readonly receivedAt: Instant;
};

/** What became of a delivery; `reason` is for people and holds no personal data. */
export type DeliveryOutcome =
  | { readonly status: 'accepted'; readonly orderId: OrderId; readonly reason?: string }
  | { readonly status: 'duplicate'; readonly orderId: OrderId; readonly reason?: string }
  | { readonly status: 'ignored'; readonly reason: string; readonly orderId?: OrderId }
  | { readonly status: 'refused'; readonly reason: string; readonly orderId?: OrderId };

export type DeliverySummary = Delivery &
  ({ readonly status: 'received'; readonly orderId?: never; readonly reason?: never } | DeliveryOutcome);

/** A delivery and what became of it, as one thing to look at. */
export const summaryOf = (delivery: Delivery, outcome: DeliveryOutcome | undefined): DeliverySummary => ({
  deliveryId: delivery.deliveryId,
  channel: delivery.channel,
  connection: delivery.connection,
  topic: delivery.topic,
  receivedAt: delivery.receivedAt,
  ...(outcome ?? { status: 'received' }),
});

/** A channel that there is and a name that a connection may have (letters, digits, - and _, at most 60). */
export const connectionRefOf = (
  channel: string | undefined,
  connection: string | undefined,
): ConnectionRef | undefined =>
  (channel === 'shopify' || channel === 'woocommerce') &&
  connection !== undefined &&
  /^[A-Za-z0-9_-]{1,60}$/.test(connection)
    ? { channel, connection }
    : undefined;
