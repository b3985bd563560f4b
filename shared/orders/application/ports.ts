import type { OrderId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Result } from '../../kernel/result.ts';
import type { ChannelOrder, ShipTo } from '../domain/channel-order.ts';
import type { OrderFact } from '../domain/facts.ts';
import type { Order } from '../domain/order.ts';
import type { OrderStatus } from '../domain/status.ts';

/** The channel's word as stored; `hash` covers all of it but the version. */
export type StatedOrder = { readonly order: ChannelOrder; readonly hash: string };
export type OrderWithStated = { readonly order: Order; readonly stated: StatedOrder };

/** An Idempotency-Key with the hash of the body that it came with; `key` is unique over all callers. */
export type Claim = { readonly key: string; readonly bodyHash: string; readonly orderId: OrderId };

export type WriteRefusal =
  /** The order is not, or no longer, as it was taken to be: load it and decide again. */
  | { readonly type: 'stale' }
  /** The idempotency key was used with another body. */
  | { readonly type: 'keyReused' }
  | { readonly type: 'tooLarge' };

/** One change of one order: its new state and its facts are stored together or not at all. */
export type OrderWrite = {
  /** The state that the decision was taken on; undefined for a new order. */
  readonly before: Order | undefined;
  readonly after: Order;
  readonly facts: readonly OrderFact[];
  /** Given when the channel's word has changed. */
  readonly stated?: StatedOrder | undefined;
  readonly claim?: Claim | undefined;
};

export type OrderStore = {
  readonly find: (orderId: OrderId) => Promise<Order | undefined>;
  readonly findWithStated: (orderId: OrderId) => Promise<OrderWithStated | undefined>;
  readonly write: (write: OrderWrite) => Promise<Result<Order, WriteRefusal>>;
  /** Keeps a claim where no order changes. */
  readonly keepClaim: (claim: Claim, at: Instant) => Promise<Result<Claim, WriteRefusal>>;
};

export type OrderSummary = Pick<
  Order,
  | 'orderId'
  | 'channel'
  | 'connection'
  | 'channelOrderId'
  | 'channelOrderNumber'
  | 'placedAt'
  | 'updatedAt'
  | 'currency'
  | 'grandTotal'
> & { readonly status: OrderStatus; readonly nodes: readonly string[]; readonly units: number };

export type OrderFilter = {
  readonly status?: OrderStatus | undefined;
  readonly channel?: string | undefined;
  readonly node?: string | undefined;
  /** On the time of placing; both ends are included. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
};

export type PageRequest = { readonly limit: number; readonly cursor: string | undefined };
export type Page<Entry> = { readonly items: readonly Entry[]; readonly cursor: string | undefined };
export type CursorRefusal = { readonly type: 'notACursor' };

export type TimelineEntry = {
  readonly at: Instant;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
};
export type OrderHistory = OrderWithStated & { readonly timeline: readonly TimelineEntry[] };

export type OrderQueries = {
  /** Newest placed first. A page may be short, even empty, and still have a cursor: there is more to look through. */
  readonly list: (
    filter: OrderFilter,
    page: PageRequest,
  ) => Promise<Result<Page<OrderSummary>, CursorRefusal>>;
  readonly findHistory: (orderId: OrderId) => Promise<OrderHistory | undefined>;
  /** Where the order goes, for those who ship it. */
  readonly findShipping: (
    orderId: OrderId,
  ) => Promise<
    { readonly shipTo?: ShipTo | undefined; readonly shippingService?: string | undefined } | undefined
  >;
  /** Orders with units to be sourced that have not changed since `before`, oldest placed first, at most `limit`. */
  readonly listWaitingSince: (before: Instant, limit: number) => Promise<readonly OrderId[]>;
  /** Orders that wait for the SKU, by priority and then oldest placed first, at most `limit`. */
  readonly listBackorders: (sku: Sku, limit: number) => Promise<readonly OrderId[]>;
  /** Orders of which units have been backordered for as long as they may, first ended first, at most `limit`. */
  readonly listEndingBackorders: (at: Instant, limit: number) => Promise<readonly OrderId[]>;
  /** Every order there is, a page at a time, in no order. */
  readonly listAll: (page: PageRequest) => Promise<Result<Page<Order>, CursorRefusal>>;
};

/** Starts the routing of an order; starting it again under the same name is harmless. */
export type Workflows = {
  readonly startRouting: (start: {
    readonly name: string;
    readonly orderId: OrderId;
    readonly revision: number;
    readonly reason?: string | undefined;
  }) => Promise<void>;
};

/** The fulfilment context's view of an order. */
export type FulfilmentOrdersOfOrder = {
  readonly listByOrder: (orderId: OrderId) => Promise<readonly unknown[]>;
};

export type Clock = () => Instant;
export type Hash = (text: string) => string;
export type DeriveOrderId = (ref: {
  readonly channel: string;
  readonly connection: string;
  readonly channelOrderId: string;
}) => OrderId;
