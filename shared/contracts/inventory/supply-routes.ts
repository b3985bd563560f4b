import * as z from 'zod';
import { nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { count, country, day, instant, nodeId, quantity, sku, supplyId } from '../scalars.ts';

const kind = z.enum(['purchase', 'transfer']);
const status = z.enum(['announced', 'inTransit', 'received', 'short', 'cancelled']);
const expectedOn = day.nullable().optional().meta({ description: 'null or absent: nobody knows when' });
const reason = z.string().min(1).max(200);

/** Each SKU once: a receipt or a departure must know which line is meant. */
const eachOnce = <Line extends z.ZodType<{ readonly sku: string }>>(line: Line, most: number) =>
  z
    .array(line)
    .min(1)
    .max(most)
    .refine((lines) => new Set(lines.map((entry) => entry.sku)).size === lines.length, {
      error: 'names a SKU twice',
    });
const skuQuantity = z.strictObject({ sku, quantity });

export const supplyOrder = z.object({
  supplyId,
  kind,
  supplier: z.string().optional(),
  originId: nodeId.optional(),
  nodeId,
  expectedOn: day.optional(),
  revision: z.int(),
  status,
  lines: z.array(
    z.object({ sku, quantity: z.int(), departed: z.int(), received: z.int(), missing: z.int() }),
  ),
  receiptKeys: z.array(z.string()),
  reason: z.string().optional(),
  version: z.int(),
  changedAt: instant,
});

export const openSupply = supplyOrder
  .pick({ supplyId: true, kind: true, supplier: true, originId: true, nodeId: true, expectedOn: true, status: true })
  .extend({ units: z.int().meta({ description: 'that may still come' }) }); // prettier-ignore

const announced = {
  nodeId,
  expectedOn,
  revision: z.int().min(1).max(1_000_000).default(1),
  lines: eachOnce(skuQuantity, 90),
};
const order = { pathParameters: z.object({ supplyId }), query: nothing, tag: 'Supply' } as const;
const asItStands = { 200: { description: 'the order as it stands', schema: supplyOrder } };

export const putSupply = defineRoute({
  handler: 'inventory/api/put-supply',
  method: 'PUT',
  path: '/v1/supply/{supplyId}',
  scopes: ['operator'],
  summary: 'Announce a purchase order or a transfer to a node, or change it',
  description:
    'The whole order as its author sees it: a line that is gone is not expected any more. `revision` counts the changes: an older one changes nothing, the same one with other content is a conflict. Origin and destination stay. At most 90 lines, 19 of a transfer.',
  ...order,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('purchase'), supplier: z.string().min(1).max(200), ...announced }),
    z
      .strictObject({ kind: z.literal('transfer'), originId: nodeId, ...announced })
      .refine((said) => said.originId !== said.nodeId, { error: 'leads from a node to itself' }),
  ]),
  responses: asItStands,
});

export const getSupply = defineRoute({
  handler: 'inventory/api/get-supply',
  method: 'GET',
  path: '/v1/supply/{supplyId}',
  scopes: ['reader', 'node'],
  summary: 'One purchase or transfer order, open or closed',
  ...order,
  body: nothing,
  responses: asItStands,
});

export const listSupply = defineRoute({
  handler: 'inventory/api/list-supply',
  method: 'GET',
  path: '/v1/supply',
  scopes: ['reader', 'node'],
  tag: 'Supply',
  summary: 'Open purchase and transfer orders, by number',
  pathParameters: nothing,
  query: pageQuery.extend({
    nodeId: nodeId.optional().meta({ description: 'to this node, or from it' }),
    kind: kind.optional(),
  }),
  body: nothing,
  responses: { 200: { description: 'a page of open orders', schema: pageOf(openSupply) } },
});

export const departTransfer = defineRoute({
  handler: 'inventory/api/depart-transfer',
  method: 'POST',
  path: '/v1/supply/{supplyId}/departure',
  scopes: ['operator', 'node'],
  summary: 'A transfer has left its origin',
  description:
    'Takes free units out of the origin and puts them in transit to the destination. Without `lines` all of it; otherwise what is not named stayed behind. Happens once: repeated it changes nothing, with other units it is a conflict.',
  ...order,
  body: z.strictObject({ lines: eachOnce(skuQuantity, 19).optional(), expectedOn: day.optional() }),
  responses: asItStands,
});

export const receiveSupply = defineRoute({
  handler: 'inventory/api/receive-supply',
  method: 'POST',
  path: '/v1/supply/{supplyId}/receipts',
  scopes: ['operator', 'node'],
  summary: 'Units of an order have arrived, all or a part',
  description:
    '`key` makes the call idempotent within the order. Of `quantity`, `quarantined` units are not fit for sale. More than is expected is a conflict: announce the larger order first. When everything has come the order is closed.',
  ...order,
  body: z.strictObject({
    key: z.string().min(1).max(100),
    lines: eachOnce(
      z
        .strictObject({ sku, quantity, quarantined: count.default(0) })
        .refine((line) => line.quarantined <= line.quantity, { error: 'quarantines more than came' }),
      30,
    ),
  }),
  responses: asItStands,
});

export const closeSupply = defineRoute({
  handler: 'inventory/api/close-supply',
  method: 'POST',
  path: '/v1/supply/{supplyId}/closure',
  scopes: ['operator'],
  summary: 'Expect nothing more under an order',
  description:
    '`cancelled` before any unit has moved; `short` when the rest will not come: what was in transit leaves the books as `transferLoss`, with the reason. Units that come all the same are booked as a receipt of their own.',
  ...order,
  body: z.strictObject({ outcome: z.enum(['cancelled', 'short']), reason }),
  responses: asItStands,
});

const sums = { available: z.int(), promisable: z.int() };
const place = { country: country.optional(), region: z.string().optional() };

export const expectedAvailability = z.object({
  sku,
  by: day,
  ...sums,
  nodes: z.array(
    z.object({
      nodeId,
      ...place,
      ...sums,
      expected: z.int().meta({ description: 'from today until the day asked for' }),
      later: z.int(),
      overdue: z.int().meta({ description: 'should have come before today; counted nowhere' }),
      undated: z.int().meta({ description: 'nobody knows when; counted nowhere' }),
      planned: z.int().meta({
        description: 'transfers that have not left: still offered at their origin; counted nowhere',
      }),
      isFrozen: z.boolean(),
      supply: z.array(
        z.object({
          supplyId,
          kind,
          status,
          expectedOn: day.optional(),
          units: z.int(),
          standing: z.enum(['expected', 'later', 'overdue', 'undated', 'planned']),
        }),
      ),
    }),
  ),
  regions: z.array(z.object({ ...place, ...sums, nodeIds: z.array(nodeId) })),
});

export const getAvailability = defineRoute({
  handler: 'inventory/api/get-availability',
  method: 'GET',
  path: '/v1/availability/{sku}',
  scopes: ['reader'],
  tag: 'Inventory',
  summary: 'What can be promised of a SKU now and by a day, at each node and in each region',
  description:
    '`promisable` by a day = free now + expected from today until that day, per node, never below 0; sums are sums of these. Supply that is overdue, has no day, or has not left another node is named and not counted.',
  pathParameters: z.object({ sku }),
  query: z.object({ by: day.optional().meta({ description: 'in UTC, included; today when absent' }) }),
  body: nothing,
  responses: { 200: { description: 'units', schema: expectedAvailability } },
});
