import * as z from 'zod';
import { count, fulfilmentOrderId, lineId, nodeId, quantity, reservationId, sku } from '../scalars.ts';
import { sourcingRequest } from '../sourcing/tasks.ts';

const lineQuantity = z.object({ lineId, sku, quantity });
const plannedShipment = z.object({ nodeId, lines: z.array(lineQuantity) });

/** Input of inventory/tasks/reserve-plan: what sourcing was asked for, and what it has planned. */
export const reservePlanInput = z.object({
  request: sourcingRequest,
  shipments: z.array(plannedShipment),
  /** `find`: claims nothing, and answers with what an earlier run has claimed under this id. */
  claim: z.enum(['make', 'find']).optional(),
});
/** Its answer. `lost`: nothing is claimed; `cells` did not have the units. `notClaimed`: there was nothing to find. */
export const reservePlanOutput = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.enum(['reserved', 'notClaimed']),
    shipments: z.array(plannedShipment),
    considered: z.array(lineQuantity),
  }),
  z.object({ outcome: z.literal('lost'), cells: z.array(z.object({ sku, nodeId })) }),
]);

/** Input of inventory/tasks/release-reservation; without `nodeId` at every node. */
export const releaseReservationInput = z.object({
  reservationId,
  nodeId: nodeId.optional(),
  cause: z.enum(['rejected', 'cancelled', 'superseded']),
  reason: z
    .string()
    .max(200)
    .optional()
    .meta({ description: '`outOfStock` takes the units off on hand as well' }),
});
/** Its answer. `released` names what this call set free: nothing when the claim had ended before. */
export const releaseReservationOutput = z.object({
  outcome: z.enum(['released', 'alreadySettled']),
  released: z.array(lineQuantity.extend({ nodeId })),
});

const settledLine = z.object({ lineId, sku, quantity: count });

/** Input of inventory/tasks/book-shipment. */
export const bookShipmentInput = z.object({
  fulfilmentOrderId,
  reservationId,
  nodeId,
  shipped: z.array(settledLine),
  short: z.array(settledLine),
});
/** Its answer. `settlement` is how the claim at that node ended: with this shipment or, earlier, otherwise. */
export const bookShipmentOutput = z.object({
  outcome: z.enum(['booked', 'alreadySettled']),
  settlement: z.object({
    cause: z.enum(['shipped', 'rejected', 'cancelled', 'superseded']),
    by: z.string(),
    at: z.string(),
  }),
});
