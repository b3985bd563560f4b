import * as z from 'zod';
import { nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { instant } from '../scalars.ts';

export const channelName = z.enum(['shopify', 'woocommerce']);
export const connectionName = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);

/** What became of one delivery of a channel. `received`: kept, not translated yet. */
export const delivery = z.object({
  deliveryId: z.string(),
  channel: channelName,
  connection: connectionName,
  topic: z.string(),
  receivedAt: instant,
  status: z.enum(['received', 'accepted', 'duplicate', 'ignored', 'refused']),
  orderId: z.string().optional(),
  reason: z.string().optional(),
});
export type Delivery = z.infer<typeof delivery>;

export const receiveWebhook = defineRoute({
  handler: 'channels/api/receive-webhook',
  method: 'POST',
  path: '/channels/{channel}/{connection}/webhooks',
  scopes: ['webhook'],
  tag: 'Channels',
  summary: 'A delivery of a sales channel, signed over its raw bytes',
  description:
    'Answered with 202 once it is kept, also when the same delivery was kept before. 401: signature. 400: unreadable. 5xx: not kept, deliver again.',
  pathParameters: z.object({ channel: channelName, connection: connectionName }),
  query: nothing,
  body: z.string(),
  bodyTypes: ['application/json', 'application/x-www-form-urlencoded'],
  responses: {
    202: { description: 'kept', schema: z.object({ deliveryId: z.string(), repeated: z.boolean() }) },
  },
});

export const getDelivery = defineRoute({
  handler: 'channels/api/get-delivery',
  method: 'GET',
  path: '/v1/deliveries/{deliveryId}',
  scopes: ['reader'],
  tag: 'Channels',
  summary: 'What became of a delivery',
  pathParameters: z.object({ deliveryId: z.string().min(1).max(200) }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the delivery', schema: delivery } },
});

export const listDeliveries = defineRoute({
  handler: 'channels/api/list-deliveries',
  method: 'GET',
  path: '/v1/deliveries',
  scopes: ['reader'],
  tag: 'Channels',
  summary: 'Deliveries of one connection, newest first',
  pathParameters: nothing,
  query: pageQuery.extend({ channel: channelName, connection: connectionName }),
  body: nothing,
  responses: { 200: { description: 'a page of deliveries', schema: pageOf(delivery) } },
});

export const putConnection = defineRoute({
  handler: 'channels/api/put-connection',
  method: 'PUT',
  path: '/v1/connections/{channel}/{connection}',
  scopes: ['operator'],
  tag: 'Channels',
  summary: 'Connect a shop of a channel, or change how it is reached',
  description: 'The secrets go to Secrets Manager and are never shown again.',
  pathParameters: z.object({ channel: channelName, connection: connectionName }),
  query: nothing,
  body: z.strictObject({
    webhookSecret: z.string().min(1).max(500),
    /** Base URL of the channel's own API, told of shipments and availability; absent: not told. */
    apiUrl: z.url().max(500).optional(),
    accessToken: z.string().max(500).optional(),
    /** Shopify's location whose stock shows ours; absent: the shop's first. Other locations should hold none. */
    locationId: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
    /** How often its API may be called for stock, over all that we do at once; absent: twice a second. */
    callsPerSecond: z.number().min(0.5).max(100).optional(),
  }),
  responses: {
    200: {
      description: 'connected',
      schema: z.object({ channel: channelName, connection: connectionName, tellsChannel: z.boolean() }),
    },
  },
});
