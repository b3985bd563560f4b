import * as z from 'zod';
import { country, lineId, nodeId, orderId, quantity, reservationId, sku } from '../scalars.ts';

const lineQuantity = z.object({ lineId, sku, quantity });

/** What an order asks sourcing for, as its screening answers: its open units and where they go, without a name or a street. */
export const sourcingRequest = z.object({
  orderId,
  revision: z.int().min(1),
  reservationId,
  orderType: z.string(),
  channel: z.string().optional(),
  shipComplete: z.boolean(),
  lines: z.array(lineQuantity).min(1),
  shipTo: z.object({
    country: country.optional(),
    region: z.string().optional(),
    postcode: z.string().optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  excludedNodes: z.array(nodeId),
});
export type SourcingRequest = z.infer<typeof sourcingRequest>;

/** The plan: `nothing` when no node can ship any unit. Cost in minor units, rounded. */
export const sourcingPlan = z.object({
  outcome: z.enum(['planned', 'nothing']),
  shipments: z.array(z.object({ nodeId, lines: z.array(lineQuantity) })),
  decisionId: z.string(),
  costMinor: z.int(),
});
export type SourcingPlan = z.infer<typeof sourcingPlan>;
