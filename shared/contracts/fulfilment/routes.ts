import * as z from 'zod';
import { nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { address, fulfilmentOrderId, instant, lineId, nodeId, orderId, quantity, sku } from '../scalars.ts';
import { rejectionReason, tracking } from './events.ts';

export const fulfilmentOrderStatus = z.enum([
  'requested',
  'accepted',
  'rejected',
  'shipped',
  'partlyShipped',
  'cancelled',
]);

/** The work one node is asked to do for one order. */
export const fulfilmentOrder = z.object({
  fulfilmentOrderId,
  orderId,
  nodeId,
  status: fulfilmentOrderStatus,
  version: z.int(),
  requestedAt: instant,
  updatedAt: instant,
  lines: z.array(z.object({ lineId, sku, quantity: z.int(), shipped: z.int() })),
  shipTo: address.optional(),
  shippingService: z.string().optional(),
  reason: rejectionReason.optional(),
  tracking: tracking.optional(),
});
export type FulfilmentOrderView = z.infer<typeof fulfilmentOrder>;

const work = {
  tag: 'Fulfilment',
  scopes: ['node', 'operator'],
  pathParameters: z.object({ fulfilmentOrderId }),
  query: nothing,
} as const;
const answered = {
  200: {
    description: 'the work after it; repeating the same answer changes nothing',
    schema: fulfilmentOrder,
  },
};

export const listFulfilmentOrders = defineRoute({
  handler: 'fulfilment/api/list-fulfilment-orders',
  method: 'GET',
  path: '/v1/fulfilment-orders',
  scopes: ['node', 'reader'],
  tag: 'Fulfilment',
  summary: "List a node's work, oldest first",
  description:
    'Without a status: the open work (requested and accepted), which is what a node that polls has to do. A node key sees the work of its own node only.',
  pathParameters: nothing,
  query: pageQuery.extend({ node: nodeId, status: fulfilmentOrderStatus.optional() }),
  body: nothing,
  responses: { 200: { description: 'a page of work', schema: pageOf(fulfilmentOrder) } },
});

export const getFulfilmentOrder = defineRoute({
  ...work,
  handler: 'fulfilment/api/get-fulfilment-order',
  method: 'GET',
  path: '/v1/fulfilment-orders/{fulfilmentOrderId}',
  scopes: ['node', 'reader'],
  summary: 'One fulfilment order',
  body: nothing,
  responses: { 200: { description: 'the work', schema: fulfilmentOrder } },
});

export const acceptFulfilmentOrder = defineRoute({
  ...work,
  handler: 'fulfilment/api/accept-fulfilment-order',
  method: 'POST',
  path: '/v1/fulfilment-orders/{fulfilmentOrderId}/acceptance',
  summary: 'The node takes the work',
  body: nothing,
  responses: answered,
});

export const rejectFulfilmentOrder = defineRoute({
  ...work,
  handler: 'fulfilment/api/reject-fulfilment-order',
  method: 'POST',
  path: '/v1/fulfilment-orders/{fulfilmentOrderId}/rejection',
  summary: 'The node refuses the work, before or after taking it',
  body: z.strictObject({ reason: rejectionReason.exclude(['silence']) }),
  responses: answered,
});

export const shipFulfilmentOrder = defineRoute({
  ...work,
  handler: 'fulfilment/api/ship-fulfilment-order',
  method: 'POST',
  path: '/v1/fulfilment-orders/{fulfilmentOrderId}/shipment',
  summary: 'The node has shipped; what it did not find is short',
  description:
    'Lines that are absent or below the quantity asked for are a short pick: the remainder is routed again. A node that found nothing at all rejects with `outOfStock` instead.',
  body: z.strictObject({
    lines: z.array(z.strictObject({ lineId, quantity })).min(1).max(500),
    tracking: tracking.optional(),
  }),
  responses: answered,
});
