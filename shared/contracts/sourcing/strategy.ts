import * as z from 'zod';
import { instant } from '../scalars.ts';

const id = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$/);
const names = z.array(z.string().min(1).max(100)).min(1).max(500);
const minor = z.number().min(0).max(1_000_000_000).meta({ description: 'minor units, 0 or more' });

const nodeMatch = z
  .strictObject({
    nodes: names.optional(),
    groups: names.optional(),
    types: names.optional(),
    areas: names.optional(),
    withinMiles: z.number().min(0).optional(),
    sameArea: z.enum(['country', 'region']).optional(),
    priorityAtMost: z.int().optional(),
  })
  .meta({ description: 'nodes for which every field given holds; within a field any value does' });

const strength = z.enum(['hard', 'soft']);
const filter = <Type extends string>(type: Type) =>
  z.strictObject({ id, strength, type: z.literal(type), where: nodeMatch, skus: names.optional() });
const plain = <Type extends string>(type: Type) => z.strictObject({ id, strength, type: z.literal(type) });

export const rule = z.discriminatedUnion('type', [
  filter('only'),
  filter('except'),
  plain('capacity').extend({
    ordersPerDay: z.int().min(0).optional(),
    linesPerDay: z.int().min(0).optional(),
    unitsPerDay: z.int().min(0).optional(),
  }),
  plain('coolDown').extend({ rejections: z.int().min(1), minutes: z.int().min(1).max(1_440) }),
  plain('attempts').extend({ most: z.int().min(1) }),
  plain('pickup'),
  plain('capability').extend({ capabilities: names.optional() }),
  plain('shipsWithin').extend({ days: z.int().min(0).max(60) }),
  plain('transitWithin').extend({ days: z.int().min(0).max(60) }),
  plain('onTime'),
  plain('preferredNode'),
  plain('maxShipments').extend({ most: z.int().min(1) }),
  plain('maxNodesPerLine').extend({ most: z.int().min(1) }),
  plain('wholeProducts'),
  plain('shipComplete'),
  plain('splitAbove').extend({ value: minor }),
  plain('partAbove').extend({ value: minor }),
  plain('remainderAbove').extend({ value: minor }),
  plain('keepTogether'),
  plain('wholeKits'),
  plain('rejectLimit').extend({ most: z.int().min(1) }),
  plain('openRingFence').extend({ where: nodeMatch, skus: names.optional() }),
  plain('weeksOfSupply').extend({
    weeks: z.number().positive().max(104),
    where: nodeMatch,
    skus: names.optional(),
  }),
  plain('keepBack').extend({
    units: z.int().min(0).optional(),
    percent: z.number().min(0).max(100).optional(),
    where: nodeMatch,
    skus: names.optional(),
  }),
  z.strictObject({ id, type: z.literal('preferPriority'), costPerStep: minor }),
  z.strictObject({ id, type: z.literal('avoid'), where: nodeMatch, cost: minor }),
  z.strictObject({ id, type: z.literal('splitCost'), cost: minor }),
  z.strictObject({ id, type: z.literal('waitCost'), costPerDay: minor }),
  z.strictObject({ id, type: z.literal('latenessCost'), costPerDay: minor }),
  z.strictObject({ id, type: z.literal('stockValue'), weight: z.number().min(0).max(10) }),
  z.strictObject({ id, type: z.literal('equalDistance'), miles: z.number().min(1) }),
]);

const relax = z
  .array(id)
  .default([])
  .meta({ description: 'the soft rules, in the order in which they give way' });
const partialAction = z.enum(['ship', 'hold', 'backorder', 'queue', 'exception']);
const noneAction = z.enum(['backorder', 'queue', 'exception']);
const cancelAfterDays = z
  .int()
  .min(1)
  .max(365)
  .optional()
  .meta({ description: 'backordered units are cancelled after so many days without stock' });

const stage = z.strictObject({
  id,
  rules: z.array(rule).max(200).default([]),
  relax,
  onPartial: partialAction.or(z.literal('next')).default('next'),
  onNone: noneAction.or(z.literal('next')).default('next'),
  cancelAfterDays,
});

export const strategyDraft = z.strictObject({
  name: z.string().min(1).max(200),
  appliesTo: z
    .strictObject({
      orderTypes: names.optional(),
      channels: names.optional(),
      countries: names.optional(),
      regions: names.optional(),
      priorities: names.optional(),
      customerTiers: names.optional(),
    })
    .default({}),
  groups: z.record(z.string(), z.array(z.string())).default({}),
  rules: z.array(rule).max(200).default([]),
  relax,
  onPartial: partialAction.default('ship'),
  onNone: noneAction.default('backorder'),
  cancelAfterDays,
  release: z
    .strictObject({
      windowMinutes: z.int().min(1).max(1_440),
      orders: z.enum(['all', 'setAside']).default('all'),
    })
    .optional()
    .meta({ description: 'orders wait and are planned together, once in so many minutes' }),
  stages: z
    .array(stage)
    .max(20)
    .optional()
    .meta({ description: 'tried in this order before the strategy itself, with more rules than it has' }),
});

export const strategyId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/)
  .meta({ description: 'a strategy id: small letters, digits and -', example: 'parcels-us' });

export const strategy = strategyDraft.extend({ strategyId, version: z.int().min(0) });

export const guard = z.strictObject({
  metric: z.enum(['costPerOrder', 'parcelsPerOrder', 'unfilledShare']),
  worseBy: z
    .number()
    .min(0)
    .max(10)
    .meta({ description: '0.05: five per cent of what the version in force does' }),
  orders: z.int().min(20).max(10_000).meta({ description: 'orders on either side before it is judged' }),
});

const trial = z.object({ version: z.int(), share: z.number(), since: instant, guard });
const endedTrial = trial.omit({ guard: true }).extend({
  endedAt: instant,
  outcome: z.enum(['promoted', 'withdrawn', 'rolledBack']),
  reason: z.string().optional(),
});

const side = z.object({ orders: z.int(), mean: z.number(), standardError: z.number() });
export const trialStanding = z.object({
  strategyId: z.string(),
  active: z.int(),
  trial,
  metric: guard.shape.metric,
  inForce: side,
  onTrial: side,
  verdict: z.enum(['tooFew', 'fine', 'worse']),
});

export const strategyHead = z.object({
  strategyId,
  revision: z.int(),
  latest: z.int(),
  active: z.int().nullable().meta({ description: 'the version in force' }),
  past: z.array(z.int().nullable()).meta({ description: 'what was in force before, oldest first' }),
  trial: trial.optional().meta({ description: 'the version that decides a share of the orders beside it' }),
  lastTrial: endedTrial.optional(),
});
