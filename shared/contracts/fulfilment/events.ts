import * as z from 'zod';
import { fulfilmentOrderId, lineId, nodeId, orderId, quantity, reservationId, sku } from '../scalars.ts';
import { defineEvent } from '../events/envelope.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const lineQuantity = z.object({ lineId, sku, quantity });
const workRef = { fulfilmentOrderId, orderId, reservationId, nodeId };
const exampleRef = {
  fulfilmentOrderId: `${ORDER}.1.DC-EAST`,
  orderId: ORDER,
  reservationId: `${ORDER}.1`,
  nodeId: 'DC-EAST',
};
const exampleLines = [{ lineId: '1', sku: 'MUG-RED', quantity: 2 }];

/** Why a node does not do the work, or not all of it. `silence` is said by the deadline, not by the node. */
export const rejectionReason = z.enum(['outOfStock', 'noCapacity', 'damaged', 'closed', 'silence', 'other']);
export type RejectionReason = z.infer<typeof rejectionReason>;

export const tracking = z.object({
  carrier: z.string().min(1).max(60),
  number: z.string().min(1).max(100),
  url: z.url().max(500).optional(),
});
export type Tracking = z.infer<typeof tracking>;

export const fulfilmentOrderRequested = defineEvent({
  source: 'dom.fulfilment',
  detailType: 'FulfilmentOrderRequested.v1',
  description: 'The work for one node exists; its workflow starts.',
  data: z.object({ ...workRef, lines: z.array(lineQuantity) }),
  examples: [{ ...exampleRef, lines: exampleLines }],
});

export const fulfilmentOrderAccepted = defineEvent({
  source: 'dom.fulfilment',
  detailType: 'FulfilmentOrderAccepted.v1',
  description: 'The node has taken the work.',
  data: z.object(workRef),
  examples: [exampleRef],
});

export const fulfilmentOrderRejected = defineEvent({
  source: 'dom.fulfilment',
  detailType: 'FulfilmentOrderRejected.v1',
  description: 'The node will not do the work, or has not answered in time: all of its lines are open again.',
  data: z.object({ ...workRef, reason: rejectionReason, lines: z.array(lineQuantity) }),
  examples: [{ ...exampleRef, reason: 'outOfStock', lines: exampleLines }],
});

export const fulfilmentOrderShipped = defineEvent({
  source: 'dom.fulfilment',
  detailType: 'FulfilmentOrderShipped.v1',
  description: 'The node has shipped `shipped`; what it could not find is in `short` and is open again.',
  data: z.object({
    ...workRef,
    shipped: z.array(lineQuantity),
    short: z.array(lineQuantity),
    tracking: tracking.optional(),
  }),
  examples: [
    {
      ...exampleRef,
      shipped: exampleLines,
      short: [],
      tracking: { carrier: 'UPS', number: '1Z999AA10123456784' },
    },
  ],
});

export const fulfilmentOrderCancelled = defineEvent({
  source: 'dom.fulfilment',
  detailType: 'FulfilmentOrderCancelled.v1',
  description: 'The work is called off before it shipped; its lines are cancelled on the order.',
  data: z.object({ ...workRef, lines: z.array(lineQuantity) }),
  examples: [{ ...exampleRef, lines: exampleLines }],
});
