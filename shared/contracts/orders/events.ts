import * as z from 'zod';
import {
  basketReservationId,
  fulfilmentOrderId,
  lineId,
  nodeId,
  orderId,
  quantity,
  reservationId,
  sku,
} from '../scalars.ts';
import { defineEvent } from '../events/envelope.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const lineQuantity = z.object({ lineId, sku, quantity });

/** Which order, of whom: what every order fact starts with. */
const orderRef = {
  orderId,
  channel: z.string(),
  connection: z.string(),
  channelOrderId: z.string(),
};
const exampleRef = {
  orderId: ORDER,
  channel: 'shopify',
  connection: 'main',
  channelOrderId: '820982911946154508',
};

export const orderPlaced = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderPlaced.v1',
  description: 'A new order is stored and may be routed. `revision` is the routing that comes next.',
  data: z.object({ ...orderRef, orderType: z.string(), revision: z.int().min(1) }),
  examples: [{ ...exampleRef, orderType: 'consumer', revision: 1 }],
});

export const orderNeedsSourcing = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderNeedsSourcing.v1',
  description:
    'Units of an order are open again (rejected, short, back in stock, released): it has to be routed once more.',
  data: z.object({ ...orderRef, orderType: z.string(), revision: z.int().min(1), reason: z.string() }),
  examples: [{ ...exampleRef, orderType: 'consumer', revision: 2, reason: 'rejected' }],
});

export const orderRouted = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderRouted.v1',
  description: 'Stock is reserved at the chosen nodes; each shipment is to become a fulfilment order.',
  data: z.object({
    ...orderRef,
    reservationId,
    shipments: z.array(z.object({ fulfilmentOrderId, nodeId, lines: z.array(lineQuantity) })),
    backordered: z.array(lineQuantity),
  }),
  examples: [
    {
      ...exampleRef,
      reservationId: `${ORDER}.1`,
      shipments: [
        {
          fulfilmentOrderId: `${ORDER}.1.DC-EAST`,
          nodeId: 'DC-EAST',
          lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 2 }],
        },
      ],
      backordered: [],
    },
  ],
});

export const orderRoutingWithdrawn = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderRoutingWithdrawn.v1',
  description:
    'The units that this routing was to place are no longer wanted (cancelled, edited away): what it may have reserved is to be released.',
  data: z.object({ ...orderRef, revision: z.int().min(1), reservationId }),
  examples: [{ ...exampleRef, revision: 1, reservationId: `${ORDER}.1` }],
});

export const orderBasketBound = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderBasketBound.v1',
  description:
    'A basket has become this order: what its reservation holds is the order’s, on hold or not, and expires no more.',
  data: z.object({ ...orderRef, basketReservationId }),
  examples: [{ ...exampleRef, basketReservationId: 'bsk_7f3k2' }],
});

export const orderBasketFreed = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderBasketFreed.v1',
  description: 'The order that a basket became has ended: whatever its reservation still holds is free.',
  data: z.object({ ...orderRef, basketReservationId }),
  examples: [{ ...exampleRef, basketReservationId: 'bsk_7f3k2' }],
});

export const orderBackordered = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderBackordered.v1',
  description: 'Units that no node can ship now wait for stock.',
  data: z.object({ ...orderRef, lines: z.array(lineQuantity) }),
  examples: [{ ...exampleRef, lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 1 }] }],
});

export const orderUnitsCancelled = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderUnitsCancelled.v1',
  description:
    'Units that waited for stock for as long as their strategy lets them are cancelled; the rest of the order goes on.',
  data: z.object({ ...orderRef, reason: z.enum(['backorderEnded']), lines: z.array(lineQuantity) }),
  examples: [
    {
      ...exampleRef,
      reason: 'backorderEnded',
      lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 1 }],
    },
  ],
});

export const orderCancellationRequested = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderCancellationRequested.v1',
  description:
    'The order is to be cancelled; the named fulfilment orders hold units that are not shipped yet.',
  data: z.object({ ...orderRef, reason: z.string(), fulfilmentOrderIds: z.array(fulfilmentOrderId) }),
  examples: [{ ...exampleRef, reason: 'customer', fulfilmentOrderIds: [`${ORDER}.1.DC-EAST`] }],
});

export const orderShipmentRecorded = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderShipmentRecorded.v1',
  description: 'A shipment is on the order; the channel is to be told.',
  data: z.object({
    ...orderRef,
    fulfilmentOrderId,
    nodeId,
    lines: z.array(lineQuantity),
    tracking: z.object({ carrier: z.string(), number: z.string(), url: z.string().optional() }).optional(),
  }),
  examples: [
    {
      ...exampleRef,
      fulfilmentOrderId: `${ORDER}.1.DC-EAST`,
      nodeId: 'DC-EAST',
      lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 2 }],
      tracking: { carrier: 'UPS', number: '1Z999AA10123456784' },
    },
  ],
});

export const orderClosed = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderClosed.v1',
  description: 'Nothing more will happen to the order: every unit is shipped or cancelled.',
  data: z.object({
    ...orderRef,
    outcome: z.enum(['shipped', 'partlyShipped', 'cancelled']),
    /** Why it was cancelled: `testOrder` and `cancelledAtChannel` are stored so on arrival. */
    reason: z.string().optional(),
  }),
  examples: [
    { ...exampleRef, outcome: 'shipped' },
    { ...exampleRef, outcome: 'cancelled', reason: 'testOrder' },
  ],
});

const edit = z.object({
  change: z.enum(['cancellation', 'quantityDecreased', 'quantityIncreased', 'lineAdded', 'shipTo', 'sku']),
  lineId: lineId.optional(),
  quantity: quantity.optional(),
});

export const orderRevised = defineEvent({
  source: 'dom.orders',
  detailType: 'OrderRevised.v1',
  description:
    'The channel has edited the order. What could be done is in `applied`; what could not, with its reason, in `declined`.',
  data: z.object({
    ...orderRef,
    channelVersion: z.int(),
    applied: z.array(edit),
    declined: z.array(
      edit.extend({
        reason: z.enum(['workHasBegun', 'orderIsClosed', 'cancellationPending', 'notSupported']),
      }),
    ),
  }),
  examples: [
    {
      ...exampleRef,
      channelVersion: 1795426200000,
      applied: [{ change: 'quantityDecreased', lineId: '1', quantity: 1 }],
      declined: [{ change: 'shipTo', reason: 'workHasBegun' }],
    },
  ],
});
