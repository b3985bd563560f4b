import type { Address } from '../../kernel/address.ts';
import type { BasketReservationId, LineId, NodeId, Sku } from '../../kernel/ids.ts';

/** One line as the channel states it. Money in minor units of the order's currency. */
export type ChannelOrderLine = {
  readonly lineId: LineId;
  readonly sku: Sku;
  readonly title?: string | undefined;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
  readonly requiresShipping: boolean;
  /** Lines of the same group ship from one node, in whole. */
  readonly keepTogether?: string | undefined;
  /** A component of a kit: kits ship whole, `perKit` units of this line in each. */
  readonly kit?: { readonly kitId: string; readonly perKit: number } | undefined;
};

export type ShipTo = Address;

export type OrderType = 'consumer' | 'b2b' | 'pickup' | 'preorder';
export type OrderPriority = 'urgent' | 'high' | 'normal' | 'low';

/** The channel's word on an order, in our shape: kept as it came, replaced by its next version. */
export type ChannelOrder = {
  readonly channel: string;
  readonly connection: string;
  readonly channelOrderId: string;
  readonly channelOrderNumber?: string | undefined;
  readonly channelVersion: number;
  readonly orderType: OrderType;
  readonly placedAt: string;
  readonly currency: string;
  /** Prices, discounts and shipping contain their tax. */
  readonly pricesIncludeTax?: boolean | undefined;
  readonly customer?:
    | {
        readonly channelCustomerId?: string | undefined;
        readonly email?: string | undefined;
        readonly phone?: string | undefined;
        readonly name?: string | undefined;
        readonly tier?: string | undefined;
      }
    | undefined;
  /** Whom scarce stock goes to first; absent: normal. */
  readonly priority?: OrderPriority | undefined;
  readonly deliverBy?: string | undefined;
  readonly pickupNode?: NodeId | undefined;
  readonly preferredNode?: NodeId | undefined;
  readonly basketReservationId?: BasketReservationId | undefined;
  readonly shipTo?: ShipTo | undefined;
  readonly shipComplete: boolean;
  readonly shippingService?: string | undefined;
  readonly lines: readonly ChannelOrderLine[];
  readonly totals: {
    readonly goods: number;
    readonly discount: number;
    readonly shipping: number;
    readonly tax: number;
    /** Fees, tips, duties and the channel's own rounding. */
    readonly adjustment?: number | undefined;
    readonly grand: number;
  };
  readonly cancelledAt?: string | undefined;
  readonly isTest: boolean;
};
