import * as z from 'zod';
import { lineId, nodeId, orderId, quantity, reservationId, sku } from '../scalars.ts';
import { sourcingPlan, sourcingRequest } from '../sourcing/tasks.ts';
import { orderStatus } from './routes.ts';

const lineQuantity = z.object({ lineId, sku, quantity });
const revision = z.int().min(1);

const shipments = z.array(z.object({ nodeId, lines: z.array(lineQuantity) }));

export const screenOrderInput = z.object({ orderId, revision });
export const screenOrderOutput = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ready'), reservationId, request: sourcingRequest }),
  z.object({ outcome: z.literal('onHold') }),
  z.object({ outcome: z.literal('withdrawn'), reservationId }),
  z.object({ outcome: z.literal('nothingToSource') }),
]);
export type ScreenOrderOutput = z.infer<typeof screenOrderOutput>;

/**
 * `claim`: `notClaimed` sets the order aside as the plan says, `queued` or `exception`, for its reason. Otherwise
 * `shipments` are what is reserved, whatever the plan says: an earlier run of this routing may have reserved it.
 */
export const recordRoutingInput = z.object({
  orderId,
  revision,
  reservationId,
  claim: z.enum(['reserved', 'notClaimed']).default('reserved'),
  considered: z.array(lineQuantity),
  shipments,
  decisionId: z.string().nullable().optional(),
  plan: z.object({
    outcome: sourcingPlan.shape.outcome,
    reason: z.string().nullable(),
    cancelAfterDays: sourcingPlan.shape.cancelAfterDays,
  }),
});
/**
 * `backordered`: recorded, and these units of the order now wait for stock. `exception`: set aside for a person, who
 * has not been told yet; `setAside`: it waits, and there is nobody to be told.
 */
export const recordRoutingOutput = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('recorded'), status: orderStatus }),
  z.object({ outcome: z.literal('backordered'), status: orderStatus, lines: z.array(lineQuantity) }),
  z.object({ outcome: z.enum(['superseded', 'exception', 'setAside']) }),
]);
export type RecordRoutingOutput = z.infer<typeof recordRoutingOutput>;

/** Backordered units that a plan could place after all. */
export const reopenBackordersInput = z.object({ orderId, shipments });
export const reopenBackordersOutput = z.object({ outcome: z.enum(['reopened', 'nothingWaits']) });
export type ReopenBackordersOutput = z.infer<typeof reopenBackordersOutput>;
