import * as z from 'zod';
import { importQuery, importReport, nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { count, instant, nodeId, sku } from '../scalars.ts';

export const stockPosition = z.object({
  sku,
  nodeId,
  onHand: z.int(),
  reserved: z.int(),
  safetyStock: z.int(),
  quarantined: z.int(),
  inTransit: z.int(),
  ringFence: z.int(),
  softReserved: z
    .int()
    .optional()
    .meta({ description: 'of those reserved: held by baskets, until they expire' }),
  available: z.int(),
  version: z.int(),
  frozen: z
    .object({ reason: z.string(), since: instant })
    .optional()
    .meta({ description: 'its figures are in doubt: nothing of it is offered' }),
});

export const getStock = defineRoute({
  handler: 'inventory/api/get-stock',
  method: 'GET',
  path: '/v1/stock/{sku}',
  scopes: ['reader', 'node'],
  tag: 'Inventory',
  summary: 'The position of one SKU at every node',
  pathParameters: z.object({ sku }),
  query: nothing,
  body: nothing,
  responses: {
    200: {
      description: 'every node that has ever held it',
      schema: z.object({
        sku,
        positions: z.array(stockPosition),
        total: z.object({ onHand: z.int(), reserved: z.int(), available: z.int() }),
      }),
    },
  },
});

export const putStock = defineRoute({
  handler: 'inventory/api/put-stock',
  method: 'PUT',
  path: '/v1/stock/{sku}/{nodeId}',
  scopes: ['operator', 'node'],
  tag: 'Inventory',
  summary: 'Say what was counted: on hand becomes this number, by an adjustment that is kept',
  description:
    'Without `onHand` nobody has counted: only the safety stock is set. `key` makes the call idempotent: the same key at the same node and SKU has its effect once. Reserved units stay reserved; a count below them is kept and reported by the books.',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z
    .strictObject({
      key: z.string().min(1).max(100),
      onHand: count.optional(),
      safetyStock: count.optional(),
      reason: z.string().max(200).optional(),
    })
    .refine(({ onHand, safetyStock }) => onHand !== undefined || safetyStock !== undefined, {
      error: 'says neither what is on hand nor a safety stock',
    }),
  responses: { 200: { description: 'the position after it', schema: stockPosition } },
});

const reason = z.string().min(1).max(200);
const movedUnits = {
  key: z.string().min(1).max(100),
  quantity: z.int().min(1).max(1_000_000),
  document: z.string().max(200).optional(),
};

export const receiveStock = defineRoute({
  handler: 'inventory/api/receive-stock',
  method: 'POST',
  path: '/v1/stock/{sku}/{nodeId}/receipts',
  scopes: ['operator', 'node'],
  tag: 'Inventory',
  summary: 'Receive units at a node',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z.strictObject({
    key: z.string().min(1).max(100),
    quantity: z.int().min(1).max(1_000_000),
    document: z.string().max(200).optional(),
  }),
  responses: { 200: { description: 'the position after it', schema: stockPosition } },
});

export const moveStock = defineRoute({
  handler: 'inventory/api/move-stock',
  method: 'POST',
  path: '/v1/stock/{sku}/{nodeId}/movements',
  scopes: ['operator', 'node'],
  tag: 'Inventory',
  summary:
    'Put units back into stock, write units off, correct on hand, or move units into quarantine and out',
  description:
    '`key` makes the call idempotent, for each kind by itself. Units that are not on hand cannot leave: 409. Reserved units may be written off when they are gone; the books then report the position until its claims end; the same goes for `quarantine`, which takes damaged units out of on hand, and `clear` puts them back. `writeOff` takes from on hand unless it says `from: quarantine`.',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('return'), ...movedUnits, reason: reason.optional() }),
    z.strictObject({
      kind: z.literal('writeOff'),
      ...movedUnits,
      from: z.enum(['onHand', 'quarantine']).optional(),
      reason,
    }),
    z.strictObject({ kind: z.literal('quarantine'), ...movedUnits, reason }),
    z.strictObject({ kind: z.literal('clear'), ...movedUnits, reason }),
    z.strictObject({
      kind: z.literal('adjust'),
      key: movedUnits.key,
      document: movedUnits.document,
      difference: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .refine((units) => units !== 0, { error: 'is no difference' }),
      reason,
    }),
  ]),
  responses: { 200: { description: 'the position after it', schema: stockPosition } },
});

export const putRingFence = defineRoute({
  handler: 'inventory/api/put-ring-fence',
  method: 'PUT',
  path: '/v1/stock/{sku}/{nodeId}/ring-fence',
  scopes: ['operator'],
  tag: 'Inventory',
  summary: 'Keep units of a node from routing',
  description:
    'Routing plans with them only for an order whose strategy opens the ring-fence. They stay available: it is neither safety stock nor a buffer of a channel. `key` makes the call idempotent.',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z.strictObject({ key: movedUnits.key, units: count, reason }),
  responses: { 200: { description: 'the position after it', schema: stockPosition } },
});

export const importStock = defineRoute({
  handler: 'inventory/api/import-stock',
  method: 'POST',
  path: '/v1/stock',
  scopes: ['operator'],
  tag: 'Inventory',
  summary: 'Import counted stock from CSV',
  description:
    'Columns: sku, nodeId, onHand and, optionally, safetyStock. A blank on hand means unknown and leaves on hand alone. At most 1,000 rows and 1 MB a call. `key` names the import: a repeated call has its effect once.',
  pathParameters: nothing,
  query: importQuery.extend({ key: z.string().min(1).max(80) }),
  body: z.string(),
  bodyTypes: ['text/csv'],
  responses: { 200: { description: 'what was taken and what was not', schema: importReport } },
});

export const stockMovement = z.object({
  movementId: z.string(),
  kind: z.string(),
  at: instant,
  asOf: instant.optional().meta({ description: 'when it happened at the node, where the node has said so' }),
  onHandDelta: z.int(),
  reservedDelta: z.int(),
  safetyStockDelta: z.int().optional(),
  quarantinedDelta: z.int().optional(),
  inTransitDelta: z.int().optional(),
  ringFenceDelta: z.int().optional(),
  onHandAfter: z.int().optional(),
  document: z.string().optional(),
  actor: z.string().optional(),
  reason: z.string().optional(),
});

export const listStockMovements = defineRoute({
  handler: 'inventory/api/list-stock-movements',
  method: 'GET',
  path: '/v1/stock/{sku}/{nodeId}/movements',
  scopes: ['reader', 'node'],
  tag: 'Inventory',
  summary: 'Why the position is what it is: every movement, newest first',
  pathParameters: z.object({ sku, nodeId }),
  query: pageQuery,
  body: nothing,
  responses: { 200: { description: 'a page of movements', schema: pageOf(stockMovement) } },
});

const reorderPoint = z.object({
  sku,
  nodeId,
  reorderPoint: count
    .optional()
    .meta({ description: 'a net position at or below it is to be reordered; absent: not watched' }),
  isArmed: z.boolean().meta({ description: 'above the point since the last crossing' }),
  crossings: z.int(),
});
export type ReorderPoint = z.infer<typeof reorderPoint>;

export const getReorderPoint = defineRoute({
  handler: 'inventory/api/get-reorder-point',
  method: 'GET',
  path: '/v1/stock/{sku}/{nodeId}/reorder-point',
  scopes: ['reader', 'node'],
  tag: 'Inventory',
  summary: 'When a SKU is to be reordered at a node',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the reorder point', schema: reorderPoint } },
});

export const putReorderPoint = defineRoute({
  handler: 'inventory/api/put-reorder-point',
  method: 'PUT',
  path: '/v1/stock/{sku}/{nodeId}/reorder-point',
  scopes: ['operator', 'node'],
  tag: 'Inventory',
  summary: 'Set or lift the reorder point of a SKU at a node',
  description:
    '`ReorderPointCrossed.v1` is said once when the net position (available and inbound) comes down to the point, and again only after it was above it. A point above the net position is crossed at once. 409: the node has never held the SKU; a count of 0 says that it may.',
  pathParameters: z.object({ sku, nodeId }),
  query: nothing,
  body: z.strictObject({ reorderPoint: count.nullable() }),
  responses: { 200: { description: 'the reorder point', schema: reorderPoint } },
});
