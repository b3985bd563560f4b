import type {
  BasketReservationId,
  FulfilmentOrderId,
  LineId,
  NodeId,
  ReservationId,
} from '../../kernel/ids.ts';
import type { LineQuantity } from './order.ts';
import type { ClosedStatus } from './status.ts';

export type Tracking = {
  readonly carrier: string;
  readonly number: string;
  readonly url?: string | undefined;
};

/** One thing that an edit at the channel asked for. `quantity` is in units, where it speaks of units. */
export type Edit = {
  readonly change:
    'cancellation' | 'quantityDecreased' | 'quantityIncreased' | 'lineAdded' | 'shipTo' | 'sku';
  readonly lineId?: LineId | undefined;
  readonly quantity?: number | undefined;
};
export type DeclinedEdit = Edit & {
  readonly reason: 'workHasBegun' | 'orderIsClosed' | 'cancellationPending' | 'notSupported';
};

/** What happened to an order, in its own words; every fact leaves with the order's name added. */
export type OrderFact =
  | { readonly type: 'placed'; readonly orderType: string; readonly revision: number }
  | {
      readonly type: 'needsSourcing';
      readonly orderType: string;
      readonly revision: number;
      readonly reason: SourcingReason;
    }
  | {
      readonly type: 'routed';
      readonly reservationId: ReservationId;
      readonly shipments: readonly {
        readonly fulfilmentOrderId: FulfilmentOrderId;
        readonly nodeId: NodeId;
        readonly lines: readonly LineQuantity[];
      }[];
      readonly backordered: readonly LineQuantity[];
    }
  | {
      readonly type: 'routingWithdrawn';
      readonly revision: number;
      readonly reservationId: ReservationId;
    }
  | {
      readonly type: 'unitsCancelled';
      readonly reason: 'backorderEnded';
      readonly lines: readonly LineQuantity[];
    }
  | { readonly type: 'basketBound' | 'basketFreed'; readonly basketReservationId: BasketReservationId }
  | { readonly type: 'backordered'; readonly lines: readonly LineQuantity[] }
  | {
      readonly type: 'cancellationRequested';
      readonly reason: string;
      readonly fulfilmentOrderIds: readonly FulfilmentOrderId[];
    }
  | {
      readonly type: 'shipmentRecorded';
      readonly fulfilmentOrderId: FulfilmentOrderId;
      readonly nodeId: NodeId;
      readonly lines: readonly LineQuantity[];
      readonly tracking?: Tracking | undefined;
    }
  | {
      readonly type: 'revised';
      readonly channelVersion: number;
      readonly applied: readonly Edit[];
      readonly declined: readonly DeclinedEdit[];
    }
  | { readonly type: 'closed'; readonly outcome: ClosedStatus; readonly reason?: string | undefined };

/** Why units are open again. */
export type SourcingReason =
  'rejected' | 'shortPick' | 'backInStock' | 'planSuperseded' | 'openedMeanwhile' | 'revised' | 'released';
