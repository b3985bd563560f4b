import * as z from 'zod';
import { nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { count, instant, nodeId, sku } from '../scalars.ts';
import { channelName, connectionName } from './routes.ts';

const connectionPath = z.object({ channel: channelName, connection: connectionName });

const buffer = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('units'), units: count }),
    z.strictObject({ type: z.literal('percent'), percent: z.int().min(0).max(100) }),
  ])
  .meta({ description: 'kept back from the channel; a percentage is rounded up to whole units' });

const salesTerms = {
  buffer: buffer.exactOptional(),
  quota: count.exactOptional().meta({ description: 'at most so many units are offered; 0: not sold there' }),
  nodes: z
    .array(nodeId)
    .min(1)
    .max(100)
    .exactOptional()
    .meta({ description: 'the nodes that serve the channel; absent: all' }),
};

const policyScope = {
  connection: connectionName.exactOptional().meta({ description: 'absent: every shop of the channel' }),
  sku: sku.exactOptional(),
};
const scopeQuery = z.object({
  connection: connectionName.optional().meta({ description: 'absent: every shop of the channel' }),
  sku: sku.optional(),
});

export const channelPolicy = z.object({ channel: channelName, ...policyScope, ...salesTerms });
export type ChannelPolicy = z.infer<typeof channelPolicy>;

const PRECEDENCE =
  'Of the policies that speak of a SKU in a shop one applies, whole: SKU in the shop, SKU in the channel, all SKUs in the shop, all SKUs in the channel.';

export const listChannelPolicies = defineRoute({
  handler: 'channels/api/list-channel-policies',
  method: 'GET',
  path: '/v1/channel-policies/{channel}',
  scopes: ['reader'],
  tag: 'Channels',
  summary: 'What is kept back from a channel, and how much it may offer',
  description: PRECEDENCE,
  pathParameters: z.object({ channel: channelName }),
  query: pageQuery,
  body: nothing,
  responses: { 200: { description: 'a page of policies', schema: pageOf(channelPolicy) } },
});

export const putChannelPolicy = defineRoute({
  handler: 'channels/api/put-channel-policy',
  method: 'PUT',
  path: '/v1/channel-policies/{channel}',
  scopes: ['operator'],
  tag: 'Channels',
  summary: 'Set buffer, quota and nodes of a channel, one of its shops, or a SKU in either',
  description: `${PRECEDENCE} Replaces what was said of the same channel, connection and SKU. Offered = available at the nodes that serve the channel, less the buffer, at most the quota. Shops are told within seconds, or by a resync when it speaks of all SKUs.`,
  pathParameters: z.object({ channel: channelName }),
  query: scopeQuery,
  body: z
    .strictObject(salesTerms)
    .refine((terms) => Object.values(terms).some((term) => term !== undefined), {
      error: 'say a buffer, a quota or nodes',
    }),
  responses: { 200: { description: 'the policy in force', schema: channelPolicy } },
});

export const deleteChannelPolicy = defineRoute({
  handler: 'channels/api/delete-channel-policy',
  method: 'DELETE',
  path: '/v1/channel-policies/{channel}',
  scopes: ['operator'],
  tag: 'Channels',
  summary: 'Withdraw a policy: the next precise one applies, or none',
  pathParameters: z.object({ channel: channelName }),
  query: scopeQuery,
  body: nothing,
  responses: {
    200: { description: 'withdrawn', schema: z.object({ channel: channelName, ...policyScope }) },
  },
});

export const channelAvailability = z.object({
  channel: channelName,
  connection: connectionName,
  sku,
  available: z.int().meta({ description: 'available to sell in this shop' }),
  policy: channelPolicy.optional(),
  nodes: z.array(z.object({ nodeId, available: z.int(), serves: z.boolean() })),
  published: z
    .object({ available: z.int(), at: instant })
    .optional()
    .meta({ description: 'what the shop was told last while a policy limited it' }),
});
export type ChannelAvailability = z.infer<typeof channelAvailability>;

export const getChannelAvailability = defineRoute({
  handler: 'channels/api/get-channel-availability',
  method: 'GET',
  path: '/v1/connections/{channel}/{connection}/availability/{sku}',
  scopes: ['reader'],
  tag: 'Channels',
  summary: 'What a shop may sell of a SKU, why, and what it was told',
  pathParameters: connectionPath.extend({ sku }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'available to sell', schema: channelAvailability } },
});

export const resync = z.object({
  channel: channelName,
  connection: connectionName,
  resyncId: z.string(),
  status: z.enum(['running', 'done']),
  startedAt: instant,
  changedAt: instant,
  compared: z.int().meta({ description: 'SKUs with stock somewhere that the shop sells' }),
  repaired: z.int().meta({ description: 'of them, shown otherwise and put right' }),
  refused: z.int().meta({ description: 'of them, shown otherwise and refused by the shop' }),
});
export type Resync = z.infer<typeof resync>;

export const startResync = defineRoute({
  handler: 'channels/api/start-resync',
  method: 'POST',
  path: '/v1/connections/{channel}/{connection}/availability-resyncs',
  scopes: ['operator'],
  tag: 'Channels',
  summary: 'Compare every SKU with what the shop shows, and put right what differs',
  description: 'Answers at once; while one is under way it answers with that one.',
  pathParameters: connectionPath,
  query: nothing,
  body: nothing,
  responses: { 202: { description: 'under way', schema: resync } },
});

export const listResyncs = defineRoute({
  handler: 'channels/api/list-resyncs',
  method: 'GET',
  path: '/v1/connections/{channel}/{connection}/availability-resyncs',
  scopes: ['reader'],
  tag: 'Channels',
  summary: 'Resyncs of a shop and what they found, newest first',
  pathParameters: connectionPath,
  query: pageQuery,
  body: nothing,
  responses: { 200: { description: 'a page of resyncs', schema: pageOf(resync) } },
});
