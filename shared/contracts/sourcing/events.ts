import * as z from 'zod';
import { defineEvent } from '../events/envelope.ts';
import { lineId, nodeId, orderId, quantity, reservationId, sku } from '../scalars.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';

export const orderReleased = defineEvent({
  source: 'dom.sourcing',
  detailType: 'OrderReleased.v1',
  description: 'An order that waited to be planned together with others has its plan: its routing goes on.',
  data: z.object({ orderId, revision: z.int().min(1), reservationId, releaseId: z.string() }),
  examples: [{ orderId: ORDER, revision: 1, reservationId: `${ORDER}.1`, releaseId: 'parcels-us.mftr2k9q' }],
});

export const orderMayShip = defineEvent({
  source: 'dom.sourcing',
  detailType: 'OrderMayShip.v1',
  description:
    'A node for which units of an order waited is awake or has room in its day again: what is backordered of them is worth another look.',
  data: z.object({ orderId, nodeId, lines: z.array(z.object({ lineId, sku, quantity })) }),
  examples: [{ orderId: ORDER, nodeId: 'STORE-7', lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 2 }] }],
});
