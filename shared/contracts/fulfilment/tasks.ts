import * as z from 'zod';
import { fulfilmentOrderId, lineId, nodeId, orderId, quantity, reservationId, sku } from '../scalars.ts';
import { rejectionReason } from './events.ts';

/** What the workflow fulfil-order starts with; its execution name is the fulfilment order id. */
export const fulfilOrderInput = z.strictObject({
  fulfilmentOrderId,
  orderId,
  reservationId,
  nodeId,
  acceptSeconds: z.int().min(1),
  shipSeconds: z.int().min(1),
});
export type FulfilOrderInput = z.infer<typeof fulfilOrderInput>;

/** fulfilment/tasks/ask-node and fulfilment/tasks/await-shipment: they leave the token with the work and return nothing. */
export const leaveTokenInput = z.object({ fulfilmentOrderId, taskToken: z.string().min(1).max(2048) });

/** fulfilment/tasks/record-silence: which deadline has passed. */
export const recordSilenceInput = z.object({ fulfilmentOrderId, awaited: z.enum(['answer', 'shipment']) });

const lines = z.array(z.object({ lineId, sku, quantity }));

/** What the node (or the deadline, or the order) has said: the result of both waits and of record-silence. */
export const workAnswer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('accepted') }),
  z.object({ answer: z.literal('rejected'), reason: rejectionReason }),
  z.object({ answer: z.literal('shipped'), shipped: lines, short: lines }),
  z.object({ answer: z.literal('cancelled') }),
]);
