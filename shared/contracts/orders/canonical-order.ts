import * as z from 'zod';
import { kitsAddUp } from './line-ties.ts';
import {
  address,
  basketReservationId,
  currency,
  instant,
  lineId,
  nodeId,
  quantity,
  sku,
} from '../scalars.ts';

const minor = z.int().meta({ description: 'minor units of the order currency' });

export const canonicalLine = z.strictObject({
  lineId,
  sku,
  title: z.string().max(500).optional(),
  quantity,
  /** Before discounts and without tax that is added on top. */
  unitPrice: minor,
  /** Taken off the whole line, not negative. */
  discount: minor.min(0).default(0),
  tax: minor.default(0),
  /** What the customer pays for the line, without tax that is added on top: unitPrice x quantity - discount, to the cent as the channel says it. */
  total: minor,
  requiresShipping: z.boolean().default(true),
  /** Lines of the same group ship from one node, in whole. */
  keepTogether: z.string().min(1).max(40).optional(),
  /** A component of a kit: kits ship whole, `perKit` units of this line in each. `quantity` is a multiple of it. */
  kit: z.strictObject({ kitId: z.string().min(1).max(100), perKit: quantity }).optional(),
});

export const orderPriority = z.enum(['urgent', 'high', 'normal', 'low']);

/**
 * One order in the words of this house, whatever channel it came from. Money is in minor units of `currency`;
 * `channelOrderId` is text, since channels use ids beyond 2^53.
 */
export const canonicalOrder = z.strictObject({
  channel: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
  connection: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/),
  channelOrderId: z.string().min(1).max(200),
  /** What the customer reads on the confirmation. */
  channelOrderNumber: z.string().max(100).optional(),
  /** Grows with every change at the channel (its update time in epoch milliseconds); orders an edit against a late copy. */
  channelVersion: z.int().min(0),
  orderType: z.enum(['consumer', 'b2b', 'pickup', 'preorder']).default('consumer'),
  placedAt: instant,
  currency,
  /** Prices, discounts and shipping contain their tax: `tax` then says how much of them is tax, and is not added again. Absent: tax is added on top. */
  pricesIncludeTax: z.boolean().optional(),
  customer: z
    .strictObject({
      channelCustomerId: z.string().max(200).optional(),
      email: z.string().max(320).optional(),
      phone: z.string().max(50).optional(),
      name: z.string().max(200).optional(),
      /** The channel's word for how good a customer this is; strategies may be for some tiers only. */
      tier: z.string().min(1).max(40).optional(),
    })
    .optional(),
  /** Whom scarce stock goes to first; absent: normal. */
  priority: orderPriority.optional(),
  /** By when the customer was promised to have it. */
  deliverBy: instant.optional(),
  /** Where the customer collects it. */
  pickupNode: nodeId.optional(),
  /** The node that the customer would like to be served by. */
  preferredNode: nodeId.optional(),
  /** The reservation under which the basket held its units. */
  basketReservationId: basketReservationId.optional(),
  shipTo: address.optional(),
  /** All lines together or not at all. */
  shipComplete: z.boolean().default(false),
  shippingService: z.string().max(200).optional(),
  lines: z.array(canonicalLine).min(1).max(500).superRefine(kitsAddUp),
  /**
   * Grand is what `grandTotalOf` (shared/kernel/order-total.ts) makes of the parts, always: goods is the sum of
   * unitPrice x quantity, discount the sum of the lines' discounts, grand what the channel says the customer pays.
   */
  totals: z.strictObject({
    goods: minor,
    discount: minor.min(0),
    shipping: minor,
    tax: minor,
    /** Fees, tips, duties and the channel's own rounding; absent: 0. */
    adjustment: minor.optional(),
    grand: minor,
  }),
  /** The channel says that it is already cancelled. */
  cancelledAt: instant.optional(),
  isTest: z.boolean().default(false),
});
export type CanonicalOrder = z.infer<typeof canonicalOrder>;
export type CanonicalOrderInput = z.input<typeof canonicalOrder>;
