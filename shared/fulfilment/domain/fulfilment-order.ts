import type { Address } from '../../kernel/address.ts';
import type { FulfilmentOrderId, LineId, NodeId, OrderId, ReservationId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';

/** Whole units of one line of the order; never 0. */
export type LineQuantity = { readonly lineId: LineId; readonly sku: Sku; readonly quantity: number };

/** Why a node does not do the work. `silence` is said by the deadline, not by the node. */
export type RejectionReason = 'outOfStock' | 'noCapacity' | 'damaged' | 'closed' | 'silence' | 'other';

export type Tracking = {
  readonly carrier: string;
  readonly number: string;
  readonly url?: string | undefined;
};

/** Where the parcel goes. Personal data: it is stored and shown to the node, never logged or put on the bus. */
export type ShipTo = Address;

/**
 * requested -> accepted -> shipped | partlyShipped, with two ways out before shipping: rejected (by the node or its
 * silence) and cancelled (by the order). The last four are final.
 */
export type WorkState =
  | { readonly status: 'requested' }
  | { readonly status: 'accepted' }
  | { readonly status: 'rejected'; readonly reason: RejectionReason }
  | {
      readonly status: 'shipped' | 'partlyShipped';
      /** In the order of the asked lines; a line that was not found at all is absent. */
      readonly shipped: readonly LineQuantity[];
      readonly tracking?: Tracking | undefined;
    }
  | { readonly status: 'cancelled' };

export type WorkStatus = WorkState['status'];

/** The work that one node is asked to do for one routing of one order. */
export type FulfilmentOrder = {
  readonly fulfilmentOrderId: FulfilmentOrderId;
  readonly orderId: OrderId;
  readonly reservationId: ReservationId;
  readonly nodeId: NodeId;
  /** Grows by 1 with every change of state. */
  readonly version: number;
  readonly requestedAt: Instant;
  readonly updatedAt: Instant;
  readonly lines: readonly LineQuantity[];
  readonly shipTo?: ShipTo | undefined;
  readonly shippingService?: string | undefined;
  /** The node takes on only so much a day: that it has accepted is news to whoever keeps its days. */
  readonly countsOnCapacity?: boolean | undefined;
  readonly state: WorkState;
};

export type WorkRequest = Omit<FulfilmentOrder, 'version' | 'requestedAt' | 'updatedAt' | 'state'>;

export const requestWork = (request: WorkRequest, at: Instant): FulfilmentOrder => ({
  ...request,
  version: 1,
  requestedAt: at,
  updatedAt: at,
  state: { status: 'requested' },
});

/** Is anything still expected of the node? */
export const isOpen = (status: WorkStatus): boolean => status === 'requested' || status === 'accepted';

export const shippedQuantity = (work: FulfilmentOrder, lineId: LineId): number =>
  'shipped' in work.state ? (work.state.shipped.find((line) => line.lineId === lineId)?.quantity ?? 0) : 0;

/** What was asked for and not shipped, once the node has shipped; empty before that. */
export const shortLines = (work: FulfilmentOrder): readonly LineQuantity[] =>
  'shipped' in work.state
    ? work.lines.flatMap((line) => {
        const quantity = line.quantity - shippedQuantity(work, line.lineId);
        return quantity > 0 ? [{ ...line, quantity }] : [];
      })
    : [];
