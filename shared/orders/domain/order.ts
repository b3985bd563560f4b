import { fulfilmentOrderIdOf, reservationIdOf } from '../../kernel/derive-ids.ts';
import type {
  BasketReservationId,
  FulfilmentOrderId,
  LineId,
  NodeId,
  OrderId,
  Sku,
} from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { OrderPriority, OrderType } from './channel-order.ts';

/** Whole units of a line: ordered = open + reserved + shipped + backordered + cancelled, none of them negative. */
export type OrderLine = {
  readonly lineId: LineId;
  readonly sku: Sku;
  readonly ordered: number;
  /** To be sourced. */
  readonly open: number;
  /** Promised to a fulfilment order that has not ended. */
  readonly reserved: number;
  readonly shipped: number;
  /** No node could ship them; they wait for stock. */
  readonly backordered: number;
  readonly cancelled: number;
};

export type LineUnits = { readonly lineId: LineId; readonly quantity: number };
export type LineQuantity = LineUnits & { readonly sku: Sku };

export type WorkOutcome = 'rejected' | 'shipped' | 'cancelled';

/**
 * What one routing asked of one node. `lines` are the units that it still holds: none once it has ended, and the
 * outcome is remembered so that a fact that comes twice has one effect.
 */
export type Work = {
  readonly revision: number;
  readonly nodeId: NodeId;
  readonly lines: readonly LineUnits[];
  readonly outcome?: WorkOutcome | undefined;
};

/** A reason not to route for now. Several may lie on one order. */
export type Hold = {
  readonly kind: 'fraudReview' | 'payment' | 'address' | 'operator';
  readonly since: Instant;
};

/** What the open units of an order wait for, when its strategy lets no node ship any. */
export type SetAside = {
  /** `queued`: the next batch release. `exception`: a person. */
  readonly as: 'queued' | 'exception';
  /** Of which routing this was said; a later one has nothing to do with it. */
  readonly revision: number;
  readonly reason: string;
  readonly decisionId?: string | undefined;
  readonly since: Instant;
};

export type Order = {
  readonly orderId: OrderId;
  readonly channel: string;
  readonly connection: string;
  readonly channelOrderId: string;
  readonly channelOrderNumber?: string | undefined;
  readonly channelVersion: number;
  readonly orderType: OrderType;
  /** Absent: normal. */
  readonly priority?: Exclude<OrderPriority, 'normal'> | undefined;
  readonly shipComplete: boolean;
  /** The basket that it was: what that holds is kept for it until it is routed or ends. */
  readonly basketReservationId?: BasketReservationId | undefined;
  readonly placedAt: Instant;
  readonly updatedAt: Instant;
  readonly currency: string;
  readonly grandTotal: number;
  /** Grows by one with every stored change. */
  readonly version: number;
  /** Number of the routing that comes next, from 1. */
  readonly revision: number;
  readonly lines: readonly OrderLine[];
  readonly work: readonly Work[];
  /** Nodes that rejected or came up short: not asked again for this order. */
  readonly excludedNodes: readonly NodeId[];
  /** Routings whose plan was not taken; a repeated record of one of them is told so again. */
  readonly supersededRevisions: readonly number[];
  readonly holds: readonly Hold[];
  readonly setAside?: SetAside | undefined;
  /** When the units that are backordered are cancelled; absent: they wait for as long as it takes. */
  readonly backordersEnd?: Instant | undefined;
  readonly cancellation?: { readonly reason: string; readonly at: Instant } | undefined;
};

export const workIdOf = (order: Pick<Order, 'orderId'>, work: Work): FulfilmentOrderId =>
  fulfilmentOrderIdOf(reservationIdOf(order.orderId, work.revision), work.nodeId);

/** The same units with the SKU of their line; units of a line that the order does not have are left out. */
export const withSkus = (order: Pick<Order, 'lines'>, units: readonly LineUnits[]): readonly LineQuantity[] =>
  units.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((candidate) => candidate.lineId === lineId);
    return line === undefined ? [] : [{ lineId, sku: line.sku, quantity }];
  });
