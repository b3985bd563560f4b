import * as z from 'zod';
import { importQuery, importReport, nothing } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { instant, lineId, nodeId, orderId, quantity, sku } from '../scalars.ts';
import { decision, decisionInputs, decisionRecord, decisionSummary } from './decision.ts';
import { kitsAddUp, lineIdsDiffer } from '../orders/line-ties.ts';
import { gathering, release, releaseId } from './releases.ts';
import { lineTies } from './tasks.ts';
import { guard, trialStanding, strategy, strategyDraft, strategyHead, strategyId } from './strategy.ts';

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

const basket = z.strictObject({
  orderType: z.string().max(50).default('consumer'),
  channel: z.string().max(30).optional(),
  customerTier: z.string().max(40).optional(),
  priority: z.string().max(50).optional(),
  deliverBy: instant.optional(),
  shipComplete: z.boolean().default(false),
  lines: z
    .array(z.strictObject({ lineId, sku, quantity, ...lineTies }))
    .min(1)
    .max(500)
    .superRefine(lineIdsDiffer)
    .superRefine(kitsAddUp),
  shipTo: z.strictObject({
    country: z.string().optional(),
    region: z.string().optional(),
    postcode: z.string().optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
  }),
  excludedNodes: z.array(nodeId).max(500).default([]),
  pickupNode: nodeId.optional(),
  preferredNode: nodeId.optional(),
});

export const evaluateSourcing = defineRoute({
  handler: 'sourcing/api/evaluate-sourcing',
  method: 'POST',
  path: '/v1/sourcing/evaluate',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'What would ship from where: decides and keeps nothing',
  description:
    'For a basket, or for an order as it was last sourced, decided anew on the stock of now. `strategy` decides by a draft instead of the strategy in force.',
  pathParameters: nothing,
  query: nothing,
  body: z
    .strictObject({
      basket: basket.optional(),
      orderId: orderId.optional(),
      strategy: strategyDraft.optional(),
    })
    .refine((body) => (body.basket === undefined) !== (body.orderId === undefined), {
      error: 'say either a basket or an orderId',
    }),
  responses: {
    200: { description: 'the decision', schema: z.object({ inputs: decisionInputs, decision }) },
  },
});

export const stockValuation = z.object({
  valuedAt: instant,
  seed: z.int(),
  horizonDays: z.number(),
  samples: z.int().meta({ description: 'orders that it was learnt from' }),
  items: z.array(z.object({ node: z.string(), sku: z.string(), price: z.number() })),
});

export const listStockPrices = defineRoute({
  handler: 'sourcing/api/list-stock-prices',
  method: 'GET',
  path: '/v1/sourcing/stock-prices',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'What a unit of stock is worth to the orders to come, in minor units; the dearest first',
  description:
    'Worked out every hour from the orders of late. Routing adds it to the cost of taking the unit. What is not listed is worth nothing more.',
  pathParameters: nothing,
  query: z.strictObject({
    sku: sku.optional(),
    nodeId: nodeId.optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  body: nothing,
  responses: { 200: { description: 'the prices in force', schema: stockValuation } },
});

export const importDemandRates = defineRoute({
  handler: 'sourcing/api/import-demand-rates',
  method: 'PUT',
  path: '/v1/sourcing/demand-rates',
  scopes: ['operator'],
  tag: 'Sourcing',
  summary: 'Say what nodes are expected to need a week, from CSV',
  description:
    'Columns: sku, nodeId, unitsPerWeek. Strategies that keep weeks of supply go by it; what is not named stays as it was said last. At most 1,000 rows and 1 MB a call; twice changes nothing.',
  pathParameters: nothing,
  query: importQuery,
  body: z.string(),
  bodyTypes: ['text/csv'],
  responses: { 200: { description: 'what was taken and what was not', schema: importReport } },
});

export const listStrategies = defineRoute({
  handler: 'sourcing/api/list-strategies',
  method: 'GET',
  path: '/v1/sourcing/strategies',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'List the strategies, which version of each is in force, and which were before',
  pathParameters: nothing,
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the strategies', schema: z.object({ items: z.array(strategyHead) }) } },
});

export const getStrategy = defineRoute({
  handler: 'sourcing/api/get-strategy',
  method: 'GET',
  path: '/v1/sourcing/strategies/{strategyId}/versions/{version}',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'One version of a strategy; it never changes',
  pathParameters: z.object({ strategyId, version: z.coerce.number().int().min(1) }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the version', schema: strategy } },
});

export const draftStrategy = defineRoute({
  handler: 'sourcing/api/draft-strategy',
  method: 'POST',
  path: '/v1/sourcing/strategies/{strategyId}/versions',
  scopes: ['operator'],
  tag: 'Sourcing',
  summary: 'Store a new version of a strategy, not yet in force',
  description: 'A strategy that contradicts itself is refused; `errors` names the rules.',
  pathParameters: z.object({ strategyId }),
  query: nothing,
  body: strategyDraft,
  responses: { 201: { description: 'the version as stored', schema: strategy } },
});

export const activateStrategy = defineRoute({
  handler: 'sourcing/api/activate-strategy',
  method: 'POST',
  path: '/v1/sourcing/strategies/{strategyId}/activation',
  scopes: ['operator'],
  tag: 'Sourcing',
  summary: 'Put a version in force, for all or a share of the orders, or what was in force before',
  description:
    'With `share` the version decides that share of the orders beside the one in force, and is withdrawn by itself when `guard` is broken. Rolling back withdraws a trial first.',
  pathParameters: z.object({ strategyId }),
  query: nothing,
  body: z.union([
    z.strictObject({ version: z.int().min(1) }),
    z.strictObject({ version: z.int().min(1), share: z.number().gt(0).lt(1), guard }),
    z.strictObject({ rollBack: z.literal(true) }),
  ]),
  responses: { 200: { description: 'what is in force now', schema: strategyHead } },
});

export const getTrial = defineRoute({
  handler: 'sourcing/api/get-trial',
  method: 'GET',
  path: '/v1/sourcing/strategies/{strategyId}/trial',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'How the version on trial fares beside the one in force',
  pathParameters: z.object({ strategyId }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'both sides, by the metric of the guard', schema: trialStanding } },
});

export const listReleases = defineRoute({
  handler: 'sourcing/api/list-releases',
  method: 'GET',
  path: '/v1/sourcing/releases',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'Who waits to be planned together, since when, and how the last release went',
  pathParameters: nothing,
  query: nothing,
  body: nothing,
  responses: {
    200: {
      description: 'by strategy, those that gather orders',
      schema: z.object({ items: z.array(gathering) }),
    },
  },
});

export const getRelease = defineRoute({
  handler: 'sourcing/api/get-release',
  method: 'GET',
  path: '/v1/sourcing/releases/{releaseId}',
  scopes: ['reader'],
  tag: 'Sourcing',
  summary: 'One release: how many orders, and what planning them together has saved',
  pathParameters: z.object({ releaseId }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the release', schema: release } },
});

export const runRelease = defineRoute({
  handler: 'sourcing/api/run-release',
  method: 'POST',
  path: '/v1/sourcing/releases',
  scopes: ['operator'],
  tag: 'Sourcing',
  summary: 'Release the orders that wait under a strategy now',
  description:
    'Plans all that wait, at most 500, and starts their routing. `dryRun` plans and writes nothing. Nobody waiting is a 409.',
  pathParameters: nothing,
  query: nothing,
  body: z.strictObject({ strategyId, dryRun: z.boolean().default(false) }),
  responses: { 200: { description: 'the release', schema: release } },
});
