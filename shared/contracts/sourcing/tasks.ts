import * as z from 'zod';
import { orderPriority } from '../orders/canonical-order.ts';
import {
  basketReservationId,
  country,
  instant,
  lineId,
  nodeId,
  orderId,
  quantity,
  reservationId,
  sku,
} from '../scalars.ts';

const lineQuantity = z.object({ lineId, sku, quantity });

/** What belongs to a line's units wherever they are planned: the group it ships with, the kit it is a part of. */
export const lineTies = {
  keepTogether: z.string().optional(),
  kit: z.object({ kitId: z.string(), perKit: quantity }).optional(),
};

/** What an order asks sourcing for, as its screening answers: its open units and where they go, without a name or a street. */
export const sourcingRequest = z.object({
  orderId,
  revision: z.int().min(1),
  reservationId,
  orderType: z.string(),
  channel: z.string().optional(),
  customerTier: z.string().optional(),
  priority: orderPriority.optional(),
  deliverBy: instant.optional(),
  shipComplete: z.boolean(),
  /** Other units of the order have shipped or are going to: these are a part of it by themselves. */
  isRemainder: z.boolean().optional(),
  lines: z.array(lineQuantity.extend(lineTies)).min(1),
  shipTo: z.object({
    country: country.optional(),
    region: z.string().optional(),
    postcode: z.string().optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  excludedNodes: z.array(nodeId),
  pickupNode: nodeId.optional(),
  preferredNode: nodeId.optional(),
  basketReservationId: basketReservationId.optional(),
});
export type SourcingRequest = z.infer<typeof sourcingRequest>;

/**
 * Input of sourcing/tasks/choose-nodes. `only`: of these units, when they are not all that the request names; nothing
 * is held for them. `races`: plans of this reservation that were lost, and whether the last of them held capacity.
 */
export const chooseNodesInput = z.object({
  request: sourcingRequest,
  only: z.array(lineQuantity).optional(),
  races: z.object({ lost: z.int().min(0), held: z.boolean() }).default({ lost: 0, held: false }),
});

/**
 * The plan. `nothing`: no node ships any unit, all of them are backordered. `queued`: the order stays open and waits
 * for the next batch release. `exception`: it stays open and waits for a person; `reason` is for that person. Cost in
 * minor units, rounded. `holdsCapacity`: at some of its nodes a place in their day is held for it.
 */
export const sourcingPlan = z.object({
  outcome: z.enum(['planned', 'nothing', 'queued', 'exception']),
  reason: z.string().nullable(),
  /** `find`: nothing is to be claimed, but an earlier run of this routing may have done so. */
  claim: z.enum(['make', 'find']),
  /** Days after which units that this plan leaves to be backordered are cancelled; null: they wait. */
  cancelAfterDays: z.int().min(1).nullable(),
  shipments: z.array(z.object({ nodeId, lines: z.array(lineQuantity) })),
  /** Null: nothing is decided yet. */
  decisionId: z.string().nullable(),
  costMinor: z.int(),
  holdsCapacity: z.boolean().default(false),
});
export type SourcingPlan = z.infer<typeof sourcingPlan>;
