import * as z from 'zod';
import { nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { instant, lineId, nodeId, orderId, sku } from '../scalars.ts';
import { canonicalOrder } from './canonical-order.ts';
import { tracking } from '../fulfilment/events.ts';

export const orderStatus = z.enum([
  'placed',
  'onHold',
  'inFulfilment',
  'backordered',
  'shipped',
  'partlyShipped',
  'cancelled',
]);
export type OrderStatus = z.infer<typeof orderStatus>;

/** ordered = open + reserved + shipped + backordered + cancelled, always. */
export const lineCounters = z.object({
  ordered: z.int(),
  open: z.int(),
  reserved: z.int(),
  shipped: z.int(),
  backordered: z.int(),
  cancelled: z.int(),
});

export const orderSummary = z.object({
  orderId,
  channel: z.string(),
  connection: z.string(),
  channelOrderId: z.string(),
  channelOrderNumber: z.string().optional(),
  status: orderStatus,
  placedAt: instant,
  updatedAt: instant,
  nodes: z.array(nodeId),
  units: z.int(),
  currency: z.string(),
  grandTotal: z.int(),
});

/** Why the open units of an order are not routed for now. */
export const setAside = z.object({
  as: z
    .enum(['queued', 'exception'])
    .meta({ description: '`queued`: until the next batch release; `exception`: a person has to look' }),
  revision: z.int(),
  reason: z.string(),
  decisionId: z.string().optional(),
  since: instant,
});

export const orderDetail = orderSummary.extend({
  version: z.int(),
  revision: z.int(),
  orderType: z.string(),
  setAside: setAside.optional(),
  backordersEnd: instant.optional().meta({ description: 'when units that wait for stock are cancelled' }),
  order: canonicalOrder,
  lines: z.array(z.object({ lineId, sku, title: z.string().optional(), counters: lineCounters })),
  fulfilmentOrders: z.array(
    z.object({
      fulfilmentOrderId: z.string(),
      nodeId,
      status: z.string(),
      reason: z.string().optional(),
      lines: z.array(z.object({ lineId, sku, quantity: z.int(), shipped: z.int() })),
      tracking: tracking.optional(),
    }),
  ),
  timeline: z.array(z.object({ at: instant, type: z.string(), version: z.int(), data: z.unknown() })),
});

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: true,
  description: 'the same key with the same body places the order once; with another body it is refused',
};

export const placeOrder = defineRoute({
  handler: 'orders/api/place-order',
  method: 'POST',
  path: '/v1/orders',
  scopes: ['operator'],
  tag: 'Orders',
  summary: 'Place an order in the canonical shape',
  pathParameters: nothing,
  query: nothing,
  body: canonicalOrder,
  headers: [IDEMPOTENCY_KEY],
  responses: {
    201: { description: 'placed', schema: z.object({ orderId, status: orderStatus }) },
    200: { description: 'it was there already', schema: z.object({ orderId, status: orderStatus }) },
  },
});

export const listOrders = defineRoute({
  handler: 'orders/api/list-orders',
  method: 'GET',
  path: '/v1/orders',
  scopes: ['reader'],
  tag: 'Orders',
  summary: 'List orders, newest first',
  pathParameters: nothing,
  query: pageQuery.extend({
    status: orderStatus.optional(),
    channel: z.string().max(30).optional(),
    node: nodeId.optional(),
    from: instant.optional(),
    to: instant.optional(),
  }),
  body: nothing,
  responses: { 200: { description: 'a page of orders', schema: pageOf(orderSummary) } },
});

export const getOrder = defineRoute({
  handler: 'orders/api/get-order',
  method: 'GET',
  path: '/v1/orders/{orderId}',
  scopes: ['reader'],
  tag: 'Orders',
  summary: 'One order: counters, fulfilment orders, shipments and the timeline of facts',
  pathParameters: z.object({ orderId }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the order', schema: orderDetail } },
});

export const cancelOrder = defineRoute({
  handler: 'orders/api/cancel-order',
  method: 'POST',
  path: '/v1/orders/{orderId}/cancellation',
  scopes: ['operator'],
  tag: 'Orders',
  summary: 'Cancel what has not shipped',
  pathParameters: z.object({ orderId }),
  query: nothing,
  body: z.strictObject({ reason: z.string().min(1).max(200).default('operator') }),
  responses: {
    202: { description: 'taken; units at nodes are called off as the nodes confirm', schema: orderSummary },
  },
});

export const auditOrders = defineRoute({
  handler: 'orders/api/audit-orders',
  method: 'GET',
  path: '/v1/books/orders',
  scopes: ['reader'],
  tag: 'Books',
  summary: 'Prove the invariants of orders, a page at a time',
  pathParameters: nothing,
  query: pageQuery,
  body: nothing,
  responses: {
    200: {
      description: 'violations on this page, and what each order believes to have reserved',
      schema: z.object({
        ordersChecked: z.int(),
        violations: z.array(z.object({ subject: z.string(), rule: z.string(), detail: z.string() })),
        reserved: z.array(z.object({ fulfilmentOrderId: z.string(), nodeId, sku, quantity: z.int() })),
        cursor: z.string().optional(),
      }),
    },
  },
});
