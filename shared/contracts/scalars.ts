import * as z from 'zod';
import {
  isBasketReservationId,
  isFulfilmentOrderId,
  isLineId,
  isNodeId,
  isOrderId,
  isReservationId,
  isSku,
  isSupplyId,
  type BasketReservationId,
  type FulfilmentOrderId,
  type LineId,
  type NodeId,
  type OrderId,
  type ReservationId,
  type Sku,
  type SupplyId,
} from '../kernel/ids.ts';

/** A checked string whose parsed type is the kernel's brand; its JSON Schema stays that of a string. */
const branded = <Id extends string>(is: (text: string) => boolean, what: string, example: string) =>
  z
    .string()
    .refine(is, { error: `is not ${what}` })
    .meta({ description: what, example }) as unknown as z.ZodType<Id, string>;

export const sku = branded<Sku>(
  isSku,
  'a SKU: 1 to 100 printable characters, no blanks around',
  'TEA-MUG-RED',
);
export const nodeId = branded<NodeId>(isNodeId, 'a node id: letters, digits, - and _, at most 40', 'DC-EAST');
export const supplyId = branded<SupplyId>(
  isSupplyId,
  'the number of a purchase or transfer order: letters, digits, ., - and _, at most 60',
  'PO-4711',
);
export const orderId = branded<OrderId>(isOrderId, 'an order id', 'ord_01h9v6q0x4m8c2k7r5t3w1y9za');
export const lineId = branded<LineId>(isLineId, 'a line id, unique within its order', '1');
export const reservationId = branded<ReservationId>(
  isReservationId,
  'a reservation id',
  'ord_01h9v6q0x4m8c2k7r5t3w1y9za.1',
);
export const basketReservationId = branded<BasketReservationId>(
  isBasketReservationId,
  'a basket reservation id: bsk_ and up to 60 letters, digits, - and _',
  'bsk_7f3k2',
);
/** A claim on stock, of a routing or of a basket. */
export const claimId = z.union([reservationId, basketReservationId]);
export const fulfilmentOrderId = branded<FulfilmentOrderId>(
  isFulfilmentOrderId,
  'a fulfilment order id',
  'ord_01h9v6q0x4m8c2k7r5t3w1y9za.1.DC-EAST',
);

export const quantity = z.int().min(1).max(1_000_000).meta({ description: 'whole units, at least 1' });
export const count = z.int().min(0).max(100_000_000).meta({ description: 'whole units, 0 or more' });
export const instant = z.iso
  .datetime({ offset: true })
  .meta({ description: 'ISO 8601 moment with zone', example: '2026-11-23T09:30:00.000Z' });
export const day = z.iso.date().meta({ description: 'calendar day in UTC', example: '2026-12-01' });
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217 code', example: 'USD' });
export const money = z
  .strictObject({ currency, minor: z.int() })
  .meta({ description: 'an amount in minor units' });
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ description: 'ISO 3166-1 alpha-2 code', example: 'US' });

export const address = z.strictObject({
  name: z.string().max(200).optional(),
  company: z.string().max(200).optional(),
  line1: z.string().max(300).optional(),
  line2: z.string().max(300).optional(),
  city: z.string().max(200).optional(),
  region: z.string().max(100).optional(),
  postcode: z.string().max(30).optional(),
  country: country.optional(),
  phone: z.string().max(50).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});
export type Address = z.infer<typeof address>;
