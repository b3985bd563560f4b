import * as z from 'zod';
import { nothing } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { orderId } from '../scalars.ts';
import { decisionRecord, decisionSummary } from './decision.ts';

export const decisionId = z
  .string()
  .regex(/^ord_[0-9a-z]{26}\.\d{1,6}\.[0-9a-z]{1,12}$/)
  .meta({ description: 'a decision id', example: 'ord_01h9v6q0x4m8c2k7r5t3w1y9za.1.mftr2k9q' });

export const listDecisions = defineRoute({
  handler: 'sourcing/api/list-decisions',
  method: 'GET',
  path: '/v1/orders/{orderId}/decisions',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'Why an order ships from where it does: its sourcing decisions, oldest first',
  pathParameters: z.object({ orderId }),
  query: nothing,
  body: nothing,
  responses: {
    200: { description: 'the decisions', schema: z.object({ items: z.array(decisionSummary) }) },
  },
});

export const getDecision = defineRoute({
  handler: 'sourcing/api/get-decision',
  method: 'GET',
  path: '/v1/decisions/{decisionId}',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'One sourcing decision with everything that it was made from',
  description:
    'The same inputs give the same decision, bit for bit: `yard decision ID --again` decides again.',
  pathParameters: z.object({ decisionId }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the decision', schema: decisionRecord } },
});
