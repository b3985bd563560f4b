import type { CanonicalOrder } from '../../contracts/orders/canonical-order.ts';
import type { OrderId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ConnectionRef, Delivery, DeliveryOutcome, DeliverySummary } from '../domain/delivery.ts';

/** How a shop is reached and how its deliveries are told from forgeries. Secrets: never logged. */
export type Connection = {
  readonly webhookSecret: string;
  /** Absent: the channel is told nothing. */
  readonly apiUrl?: string | undefined;
  readonly accessToken?: string | undefined;
  /** Shopify's location whose stock shows ours; absent: the shop's first. */
  readonly locationId?: string | undefined;
  /** How often the shop's API may be called; absent: twice a second. */
  readonly callsPerSecond?: number | undefined;
};

export type ConnectionBook = {
  readonly find: (ref: ConnectionRef) => Promise<Connection | undefined>;
};

export type ConnectionStore = {
  readonly save: (ref: ConnectionRef, connection: Connection) => Promise<void>;
};

/** The connections that there are, without their secrets. */
export type ConnectionList = {
  readonly add: (ref: ConnectionRef, tellsChannel: boolean) => Promise<void>;
  readonly tellable: () => Promise<readonly ConnectionRef[]>;
};

export type KeepOutcome = 'kept' | 'keptBefore' | 'tooLarge';

/** Stores and claims a delivery in one step: of identical deliveries in the same instant one is kept, the rest were kept before. */
export type DeliveryClaim = {
  readonly keep: (delivery: Delivery, rawBody: Uint8Array) => Promise<KeepOutcome>;
};

export type DeliveryLog = {
  /** The bytes as the channel sent them. */
  readonly readBody: (deliveryId: string) => Promise<Uint8Array | undefined>;
  /** The first outcome stays: a repeated translation does not rewrite what was said. */
  readonly recordOutcome: (delivery: Delivery, outcome: DeliveryOutcome) => Promise<void>;
  readonly find: (deliveryId: string) => Promise<DeliverySummary | undefined>;
  /** Newest first. Throws on a cursor that it did not make. */
  readonly list: (
    ref: ConnectionRef,
    page: { readonly limit: number; readonly cursor: string | undefined },
  ) => Promise<{ readonly items: readonly DeliverySummary[]; readonly cursor: string | undefined }>;
};

/** What a payload says, in the words of this house. */
export type Translation =
  | { readonly kind: 'order'; readonly order: CanonicalOrder }
  | { readonly kind: 'cancellation'; readonly channelOrderId: string; readonly reason: string }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Pure and total: whatever the text holds, the answer is a translation. */
export type Translate = (
  delivery: Pick<Delivery, 'connection' | 'topic' | 'receivedAt'>,
  text: string,
) => Translation;

export type IntakeOutcome =
  | { readonly type: 'placed' | 'revised' | 'cancelled' | 'alreadyThere'; readonly orderId: OrderId }
  | { readonly type: 'ignored' | 'refused'; readonly orderId?: OrderId; readonly reason: string }
  | { readonly type: 'unknownOrder' };

/** Where orders go: the orders context, behind what channels need of it. Each call may come twice. */
export type OrderIntake = {
  readonly place: (order: CanonicalOrder) => Promise<IntakeOutcome>;
  readonly cancel: (
    order: ConnectionRef & { readonly channelOrderId: string; readonly reason: string },
  ) => Promise<IntakeOutcome>;
};

export type ShipmentNews = ConnectionRef & {
  readonly channelOrderId: string;
  readonly fulfilmentOrderId: string;
  readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly quantity: number }[];
  readonly tracking?:
    { readonly carrier: string; readonly number: string; readonly url?: string | undefined } | undefined;
};

/** Said: the channel has it. Refused: it will not take it however often it is told. Anything else throws, to be told again. */
export type TellOutcome = { readonly type: 'said' } | { readonly type: 'refused'; readonly status: number };

/** One channel's own API. */
export type ChannelApi = {
  readonly tellShipment: (connection: Connection, news: ShipmentNews) => Promise<TellOutcome>;
};

export type ToldShipments = {
  readonly wasTold: (fulfilmentOrderId: string) => Promise<boolean>;
  readonly recordTold: (fulfilmentOrderId: string, at: Instant) => Promise<void>;
};
