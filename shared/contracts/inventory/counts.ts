import * as z from 'zod';
import { nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { count, instant, nodeId, sku } from '../scalars.ts';

export const countTask = z.object({
  taskId: z.string(),
  sku,
  nodeId,
  status: z
    .enum(['open', 'review'])
    .meta({ description: 'review: the figure is too far off for one person’s word' }),
  raisedAt: instant,
  reason: z.string(),
  figure: z.object({ onHand: z.int(), expected: z.int(), by: z.string(), at: instant }).optional(),
  rejection: z.object({ by: z.string(), at: instant, reason: z.string() }).optional(),
});

const cellPath = z.object({ sku, nodeId });
const outcome = z.object({
  outcome: z.enum(['applied', 'review', 'recount']),
  task: countTask.optional().meta({ description: 'absent when it is done' }),
});

export const listCountTasks = defineRoute({
  handler: 'inventory/api/list-count-tasks',
  method: 'GET',
  path: '/v1/counts',
  scopes: ['reader', 'node'],
  tag: 'Counts',
  summary: 'Cells that somebody has to count, or whose count waits for a second person',
  pathParameters: nothing,
  query: pageQuery.extend({ nodeId: nodeId.optional() }),
  body: nothing,
  responses: { 200: { description: 'a page of tasks, by node and SKU', schema: pageOf(countTask) } },
});

export const submitCount = defineRoute({
  handler: 'inventory/api/submit-count',
  method: 'POST',
  path: '/v1/counts/{sku}/{nodeId}/figure',
  scopes: ['operator', 'node'],
  tag: 'Counts',
  summary: 'Say what was counted',
  description:
    'Within tolerance (2 units, or a twentieth of what the books say) it is applied at once and the cell is thawed; beyond it waits for somebody else.',
  pathParameters: cellPath,
  query: nothing,
  body: z.strictObject({ onHand: count }),
  responses: { 200: { description: 'what became of it', schema: outcome } },
});

export const approveCount = defineRoute({
  handler: 'inventory/api/approve-count',
  method: 'POST',
  path: '/v1/counts/{sku}/{nodeId}/approval',
  scopes: ['operator', 'node'],
  tag: 'Counts',
  summary: 'Take a figure that waits for review: it is applied and the cell is thawed',
  description: 'Not by the key that submitted it.',
  pathParameters: cellPath,
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'what became of it', schema: outcome } },
});

export const rejectCount = defineRoute({
  handler: 'inventory/api/reject-count',
  method: 'POST',
  path: '/v1/counts/{sku}/{nodeId}/rejection',
  scopes: ['operator', 'node'],
  tag: 'Counts',
  summary: 'Do not take a figure that waits for review: it is counted again',
  pathParameters: cellPath,
  query: nothing,
  body: z.strictObject({ reason: z.string().min(1).max(200) }),
  responses: { 200: { description: 'what became of it', schema: outcome } },
});

export const getDrift = defineRoute({
  handler: 'inventory/api/get-drift',
  method: 'GET',
  path: '/v1/drift/{nodeId}',
  scopes: ['reader', 'node'],
  tag: 'Counts',
  summary: 'How far a node’s figures and ours have been apart lately, and on which cells',
  pathParameters: z.object({ nodeId }),
  query: pageQuery,
  body: nothing,
  responses: {
    200: {
      description: 'the score of the node (units off by units told of) and, by SKU, of its cells',
      schema: z.object({
        nodeId,
        score: z.number(),
        unitsOff: z.number(),
        unitsSeen: z.number(),
        newestAsOf: instant.optional(),
        ...pageOf(z.object({ sku, score: z.number(), at: instant, difference: z.int() })).shape,
      }),
    },
  },
});
