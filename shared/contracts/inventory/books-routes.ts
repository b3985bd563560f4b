import * as z from 'zod';
import { nothing, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { claimId, count, instant, nodeId, sku } from '../scalars.ts';
import { stockMovement } from './routes.ts';

const violation = z.object({ subject: z.string(), rule: z.string(), detail: z.string() });
/** A broken counter may be any number; the books show it as it is. */
const counters = {
  onHand: z.number(),
  reserved: z.number(),
  safetyStock: z.number(),
  quarantined: z.number(),
  inTransit: z.number(),
  ringFence: z.number(),
};
const cell = z.object({ sku, nodeId });
const storedPosition = cell.extend({
  ...counters,
  freeUnits: z.number(),
  version: z.int(),
  frozen: z.object({ reason: z.string(), since: z.string() }).optional(),
});

export const stockAuditPage = z.object({
  positionsChecked: z.int(),
  movementsChecked: z.int(),
  reservationsChecked: z.int(),
  violations: z.array(violation),
  doubts: z.array(z.object({ violation })),
  positions: z.array(
    cell.extend({
      ...counters,
      expired: z.int().optional().meta({ description: 'of those reserved: baskets held them until now' }),
    }),
  ),
  movements: z.array(cell.extend(counters)).meta({ description: 'sums of the movements on this page' }),
  openReservations: z.array(z.object({ reservationId: claimId, sku, nodeId, quantity: z.int() })),
  suspected: z.array(cell),
  cursor: z.string().optional(),
});

export const auditStock = defineRoute({
  handler: 'inventory/api/audit-stock',
  method: 'GET',
  path: '/v1/books/stock',
  scopes: ['reader'],
  tag: 'Books',
  summary: 'Read the books of stock, a page at a time',
  description:
    "Over all pages a cell's counters are the sums of its movements, and its reserved units those of the open reservations. Pages show different moments: what does not add up, and what is `suspected`, is proven by itself before it is believed.",
  pathParameters: nothing,
  query: pageQuery,
  body: nothing,
  responses: {
    200: {
      description: 'what this page holds, and what breaks a rule by itself',
      schema: stockAuditPage,
    },
  },
});

export const provenCell = z.object({
  cell,
  verdict: z.enum(['clean', 'off', 'unsettled']),
  violations: z.array(violation),
  position: storedPosition.optional(),
  claims: z.array(z.object({ reservationId: claimId, open: z.int(), moved: z.int() })),
  lastMovements: z.array(stockMovement),
});

export const proveCell = defineRoute({
  handler: 'inventory/api/prove-cell',
  method: 'POST',
  path: '/v1/books/stock/{sku}/{nodeId}/proof',
  scopes: ['reader'],
  tag: 'Books',
  summary: 'Prove one cell: its counters, its history and the claims on it, at one moment',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z.strictObject({
    claims: z
      .array(claimId)
      .max(5_000)
      .default([])
      .meta({ description: 'claims that are said to count here, beside those that its movements name' }),
  }),
  responses: {
    200: {
      description: '`unsettled`: it changed whenever it was read',
      schema: provenCell,
    },
  },
});

export const mendAnswer = z.object({
  outcome: z.enum(['mended', 'wouldMend']),
  violations: z.array(violation),
  before: storedPosition.optional(),
  counters: z.object(counters),
});

export const mendCell = defineRoute({
  handler: 'inventory/api/mend-cell',
  method: 'POST',
  path: '/v1/books/stock/{sku}/{nodeId}/mend',
  scopes: ['operator'],
  tag: 'Books',
  summary: "Make a broken cell's counters what its movements and the open claims say",
  description:
    'Written only while the cell is as it was read, with a movement that makes the history add up. A frozen cell stays frozen. 409: there is nothing to mend, or what would come out makes no sense (count the units and say `onHand`).',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z.strictObject({
    reason: z.string().min(1).max(200),
    trust: z
      .enum(['history', 'counters'])
      .default('history')
      .meta({ description: 'which of the two is right where they differ' }),
    onHand: count.optional().meta({ description: 'units that were counted' }),
    dryRun: z.boolean().default(false),
  }),
  responses: {
    200: {
      description: 'what the counters are now, or would be',
      schema: mendAnswer,
    },
  },
});

const finding = z.object({
  subject: z.string(),
  cell: cell.optional(),
  violations: z.array(violation),
  isFrozen: z.boolean(),
  occurrence: z.int().meta({ description: 'how often it has been found, with a mend between' }),
  proofId: z.string(),
  foundAt: instant,
});

export const lastProof = z.object({
  run: z
    .object({
      proofId: z.string(),
      startedAt: instant,
      endedAt: instant,
      history: z.object({ index: z.int(), of: z.int() }),
      cells: z.int(),
      movements: z.int(),
      reservations: z.int(),
      lookedAt: z.int().meta({ description: 'suspects that were proven by themselves' }),
      unsettled: z.int(),
      found: z.int(),
      open: z.int(),
    })
    .nullable(),
  findings: z.array(finding),
});

export const getProof = defineRoute({
  handler: 'inventory/api/get-proof',
  method: 'GET',
  path: '/v1/books/proof',
  scopes: ['reader'],
  tag: 'Books',
  summary: 'The last run of the watchdog, and every finding that is not mended',
  pathParameters: nothing,
  query: nothing,
  body: nothing,
  responses: {
    200: {
      description: '`run` is null before the first one has ended',
      schema: lastProof,
    },
  },
});

export const freezeAnswer = z.object({
  changed: z.boolean(),
  position: storedPosition.omit({ freeUnits: true }),
});

const freezing = {
  scopes: ['operator'],
  tag: 'Inventory',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z.strictObject({ reason: z.string().min(1).max(200) }),
  responses: {
    200: {
      description: '`changed`: by this call; false when it was so before',
      schema: freezeAnswer,
    },
  },
} as const;

export const freezeCell = defineRoute({
  ...freezing,
  handler: 'inventory/api/freeze-cell',
  method: 'POST',
  path: '/v1/stock/{sku}/{nodeId}/freeze',
  summary: 'Stop offering a cell whose figures are in doubt; claims that are held go on',
});

export const thawCell = defineRoute({
  ...freezing,
  handler: 'inventory/api/thaw-cell',
  method: 'POST',
  path: '/v1/stock/{sku}/{nodeId}/thaw',
  summary: 'Offer a frozen cell again; the watchdog proves it once more',
});
