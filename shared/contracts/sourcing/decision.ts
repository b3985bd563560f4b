import * as z from 'zod';
import { instant } from '../scalars.ts';
import { weekday } from '../network/node.ts';
import { strategy } from './strategy.ts';

const position = z.object({ latitude: z.number(), longitude: z.number() });
const line = z.object({
  lineId: z.string(),
  sku: z.string(),
  quantity: z.int(),
  keepTogether: z.string().optional(),
  kit: z.object({ kitId: z.string(), perKit: z.int() }).optional(),
});
const units = z.object({ line: z.string(), quantity: z.int() });

const orderToSource = z.object({
  orderId: z.string().optional(),
  revision: z.int(),
  orderType: z.string(),
  channel: z.string().optional(),
  customerTier: z.string().optional(),
  priority: z.string().optional(),
  deliverBy: instant.optional(),
  shipComplete: z.boolean(),
  isRemainder: z.boolean().optional(),
  lines: z.array(line),
  shipTo: z.object({
    country: z.string().optional(),
    region: z.string().optional(),
    postcode: z.string().optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  excludedNodes: z.array(z.string()),
  pickupNode: z.string().optional(),
  preferredNode: z.string().optional(),
});

const offeredNode = z.object({
  nodeId: z.string(),
  type: z.string(),
  status: z.enum(['active', 'snoozed']),
  snoozedUntil: instant.optional(),
  productSnoozes: z.array(z.object({ sku: z.string(), until: instant })).optional(),
  capabilities: z.array(z.string()).optional(),
  calendar: z
    .object({
      timeZone: z.string(),
      localTime: z.string(),
      workingDays: z.array(weekday),
      closedDates: z.array(z.string()),
      cutOff: z.string().optional(),
      handlingDays: z.int(),
    })
    .optional(),
  priority: z.number(),
  country: z.string().optional(),
  region: z.string().optional(),
  position: position.optional(),
  costs: z.object({ perShipment: z.number(), perUnit: z.number() }),
  ordersPerDay: z.number().optional(),
  linesPerDay: z.number().optional(),
  unitsPerDay: z.number().optional(),
  ordersToday: z.number().optional(),
  linesToday: z.number().optional(),
  unitsToday: z.number().optional(),
  rejectedAt: z.array(instant).optional(),
});

/** Nothing may be lost or added on the way through this schema: the hash is over all of it. */
export const decisionInputs = z.object({
  at: instant,
  request: orderToSource,
  nodes: z.array(offeredNode),
  offers: z.array(
    z.object({
      sku: z.string(),
      nodeId: z.string(),
      available: z.number(),
      ringFenced: z.number().optional(),
    }),
  ),
  items: z.record(
    z.string(),
    z.object({
      grams: z.number(),
      value: z.number().optional(),
      requires: z.array(z.string()).optional(),
    }),
  ),
  tariff: z.object({
    perShipment: z.number(),
    perKilogram: z.number(),
    perKilogramMile: z.number(),
    unknownMiles: z.number(),
    transit: z.object({ milesPerDay: z.number(), extraDays: z.record(z.string(), z.number()) }).optional(),
  }),
  strategy,
  release: z
    .object({
      releaseId: z.string(),
      seed: z.int(),
      work: z.int(),
      orders: z.int(),
      taken: z.array(z.object({ nodeId: z.string(), sku: z.string(), units: z.int() })),
    })
    .optional()
    .meta({
      description: 'planned together with so many orders; `taken` is what the others took of its stock',
    }),
  prices: z.array(z.object({ node: z.string(), sku: z.string(), price: z.number() })).optional(),
  weeklyDemand: z.array(z.object({ sku: z.string(), nodeId: z.string(), units: z.number() })).optional(),
});

const withheld = z.union([
  z.object({ why: z.literal('lacks'), capability: z.string(), sku: z.string().optional() }),
  z.object({ why: z.literal('productSnoozed'), sku: z.string(), until: instant }),
]);
const reason = z.union([
  z.object({ why: z.literal('snoozed'), until: instant.optional() }),
  z.object({ why: z.enum(['rejected', 'noStock', 'ringFenced']) }),
  withheld,
  z.object({ why: z.literal('rule'), rule: z.string() }),
]);
const parcelCost = z.object({
  parcel: z.number(),
  handling: z.number(),
  carriage: z.number(),
  preference: z.number(),
  lateness: z
    .number()
    .optional()
    .meta({ description: 'for days after the promise, where they have a price' }),
});
const delivery = z.object({
  waitDays: z.int(),
  shipsOn: z.string(),
  transitDays: z.int(),
  arrivesOn: z.string(),
  daysLate: z.int(),
});

/** Amounts in minor units of the network's currency, not rounded. */
export const decision = z.object({
  outcome: z.enum(['complete', 'partial', 'nothing']),
  action: z.enum(['ship', 'backorder', 'queue', 'exception']),
  stage: z.string().optional().meta({ description: 'the stage that decided; absent: the strategy itself' }),
  passed: z.array(z.object({ stage: z.string(), couldShipUnits: z.int() })).optional(),
  heldBackUnits: z.int().optional().meta({ description: 'units that could ship, not without the others' }),
  cancelAfterDays: z.int().optional(),
  parcels: z.array(
    z.object({
      node: z.string(),
      miles: z.number(),
      lines: z.array(units),
      cost: parcelCost,
      delivery: delivery.optional(),
    }),
  ),
  unfilled: z.array(units),
  cost: parcelCost.extend({ money: z.number(), stockValue: z.number() }),
  weighed: z.number().meta({ description: 'what was made least: money, preferences, worth of the stock' }),
  proven: z.boolean(),
  relaxed: z.array(z.string()).meta({ description: 'soft rules that gave way' }),
  bound: z.array(z.string()).meta({ description: 'rules on the whole order that were in force' }),
  ties: z
    .array(
      z.union([
        z.object({ group: z.string(), lines: z.array(z.string()) }),
        z.object({ kit: z.string(), lines: z.array(z.string()) }),
      ]),
    )
    .optional()
    .meta({ description: 'groups and kits that were kept together' }),
  eliminated: z.array(z.object({ node: z.string(), reasons: z.array(reason) })),
  scores: z.array(
    z.object({
      node: z.string(),
      miles: z.number(),
      alone: z.number().nullable().meta({ description: 'weighed cost of shipping all from here' }),
      curtailedBy: z.array(z.string()),
      withheld: z
        .array(withheld)
        .optional()
        .meta({ description: 'products that it does not ship, whatever the rules say' }),
      ringFenced: z.int().optional().meta({ description: 'units that are there, but not for this order' }),
    }),
  ),
  alternatives: z.array(
    z.object({
      without: z.string(),
      nodes: z.array(z.string()),
      weighed: z.number(),
      unfilledUnits: z.int(),
    }),
  ),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const decisionSummary = z.object({
  decisionId: z.string(),
  orderId: z.string(),
  at: instant,
  revision: z.int(),
  strategy: z.object({ strategyId: z.string(), version: z.int() }),
  inputHash: sha256,
  decisionHash: sha256,
  decision,
});

export const decisionRecord = decisionSummary.extend({ inputs: decisionInputs });
