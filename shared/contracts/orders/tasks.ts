import * as z from 'zod';
import { country, lineId, nodeId, orderId, quantity, reservationId, sku } from '../scalars.ts';
import { orderStatus } from './routes.ts';

const lineQuantity = z.object({ lineId, sku, quantity });
const revision = z.int().min(1);

/** Where an order goes, as far as routing has to know: no name, no street. */
export const destination = z.object({
  country: country.optional(),
  region: z.string().optional(),
  postcode: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
});

const shipments = z.array(z.object({ nodeId, lines: z.array(lineQuantity) }));

/** What one routing has to source: the answer of the screening, the question to sourcing. */
export const sourcingRequest = z.object({
  orderId,
  revision,
  reservationId,
  orderType: z.string(),
  channel: z.string().optional(),
  shipComplete: z.boolean(),
  lines: z.array(lineQuantity),
  shipTo: destination,
  excludedNodes: z.array(nodeId),
});
export type SourcingRequest = z.infer<typeof sourcingRequest>;

export const screenOrderInput = z.object({ orderId, revision });
export const screenOrderOutput = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ready'), request: sourcingRequest }),
  z.object({ outcome: z.literal('onHold') }),
  z.object({ outcome: z.literal('withdrawn'), reservationId }),
  z.object({ outcome: z.literal('nothingToSource') }),
]);
export type ScreenOrderOutput = z.infer<typeof screenOrderOutput>;

export const recordRoutingInput = z.object({
  orderId,
  revision,
  reservationId,
  considered: z.array(lineQuantity),
  shipments,
  decisionId: z.string().optional(),
});
/** `backordered`: recorded, and these units of the order now wait for stock. */
export const recordRoutingOutput = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('recorded'), status: orderStatus }),
  z.object({ outcome: z.literal('backordered'), status: orderStatus, lines: z.array(lineQuantity) }),
  z.object({ outcome: z.literal('superseded') }),
]);
export type RecordRoutingOutput = z.infer<typeof recordRoutingOutput>;

/** Backordered units that a plan could place after all. */
export const reopenBackordersInput = z.object({ orderId, shipments });
export const reopenBackordersOutput = z.object({ outcome: z.enum(['reopened', 'nothingWaits']) });
export type ReopenBackordersOutput = z.infer<typeof reopenBackordersOutput>;
