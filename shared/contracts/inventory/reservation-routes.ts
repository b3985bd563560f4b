import * as z from 'zod';
import { nothing } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { basketReservationId, instant, lineId, nodeId, orderId, quantity, sku } from '../scalars.ts';

const minutes = z
  .int()
  .min(1)
  .max(1_440)
  .meta({ description: 'from now; rounded up to a whole minute, beyond an hour to a quarter of an hour' });
const reservationPath = z.object({ reservationId: basketReservationId });

/** A transaction holds this many cells (SKU x node); a basket of more is refused. */
const MAX_LINES = 30;

export const basketReservation = z.object({
  reservationId: basketReservationId,
  status: z.enum(['held', 'bound', 'expired', 'released', 'replaced']).meta({
    description:
      'held: until `expiresAt`; bound: kept for `orderId`; replaced: exchanged for the allocation of that order',
  }),
  expiresAt: instant.optional().meta({ description: 'from this very instant it does not count' }),
  orderId: orderId.optional(),
  lines: z.array(z.object({ lineId, sku, nodeId, quantity })),
});
export type BasketReservation = z.infer<typeof basketReservation>;

const wish = { lineId: lineId.optional(), sku, quantity };

export const holdReservation = defineRoute({
  handler: 'inventory/api/hold-reservation',
  method: 'POST',
  path: '/v1/reservations',
  scopes: ['operator'],
  tag: 'Inventory',
  summary: 'Keep the units of a basket for some minutes: every line or none',
  description:
    'The caller gives the id, and the same id with the same lines has its effect once. A line names its node, or the nodes that may hold it, the preferred one first: one node that has the line whole, else several. 409 names what cannot be had. An order that names the reservation as `basketReservationId` gets its units.',
  pathParameters: nothing,
  query: nothing,
  body: z.strictObject({
    reservationId: basketReservationId,
    minutes,
    lines: z
      .array(
        z
          .strictObject({
            ...wish,
            nodeId: nodeId.optional(),
            nodeIds: z.array(nodeId).min(1).max(20).optional(),
          })
          .refine((line) => (line.nodeId === undefined) !== (line.nodeIds === undefined), {
            error: 'names its node (nodeId), or the nodes that may hold it (nodeIds)',
          }),
      )
      .min(1)
      .max(MAX_LINES)
      .refine(
        (lines) =>
          new Set(lines.map((line, index) => line.lineId ?? String(index + 1))).size === lines.length,
        {
          error: 'two lines have one id',
        },
      ),
  }),
  responses: {
    201: { description: 'held', schema: basketReservation },
    200: { description: 'it was held already', schema: basketReservation },
  },
});

export const getReservation = defineRoute({
  handler: 'inventory/api/get-reservation',
  method: 'GET',
  path: '/v1/reservations/{reservationId}',
  scopes: ['reader'],
  tag: 'Inventory',
  summary: 'What a basket holds, and until when',
  pathParameters: reservationPath,
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the reservation', schema: basketReservation } },
});

export const extendReservation = defineRoute({
  handler: 'inventory/api/extend-reservation',
  method: 'POST',
  path: '/v1/reservations/{reservationId}/extension',
  scopes: ['operator'],
  tag: 'Inventory',
  summary: 'Keep the units of a basket longer',
  description: 'Counted from now; it never ends earlier by that. 409 when it has ended or is an order’s.',
  pathParameters: reservationPath,
  query: nothing,
  body: z.strictObject({ minutes }),
  responses: { 200: { description: 'the reservation', schema: basketReservation } },
});

export const dropReservation = defineRoute({
  handler: 'inventory/api/drop-reservation',
  method: 'DELETE',
  path: '/v1/reservations/{reservationId}',
  scopes: ['operator'],
  tag: 'Inventory',
  summary: 'Give the units of a basket back',
  description:
    'Asked twice, it has one effect. 409 when they are an order’s: it is the order that is cancelled.',
  pathParameters: reservationPath,
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the reservation as it has ended', schema: basketReservation } },
});
