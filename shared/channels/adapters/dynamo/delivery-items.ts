import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { storedBytes } from '../../../platform/dynamo/stored-bytes.ts';
import type { Delivery, DeliveryOutcome } from '../../domain/delivery.ts';

const deliveryFields = {
  deliveryId: z.string(),
  channel: z.enum(['shopify', 'woocommerce']),
  connection: z.string(),
  topic: z.string(),
  receivedAt: z.string(),
};

const deliveryItem = z.object({
  ...deliveryFields,
  entity: z.literal('delivery'),
  body: storedBytes,
  parts: z.int(),
});
const outcomeItem = z.object({
  ...deliveryFields,
  status: z.enum(['accepted', 'duplicate', 'ignored', 'refused']),
  orderId: z.string().optional(),
  reason: z.string().optional(),
});

/** A stored delivery: `packed` is the first of `parts` pieces of the compressed body. */
export const readDeliveryItem = (
  image: unknown,
): { readonly delivery: Delivery; readonly packed: Uint8Array; readonly parts: number } => {
  const { body, parts, entity: _, ...delivery } = deliveryItem.parse(image);
  return { delivery, packed: body, parts };
};

export const readOutcomeItem = (
  image: unknown,
): { readonly delivery: Delivery; readonly outcome: DeliveryOutcome } => {
  const { status, orderId, reason, ...delivery } = outcomeItem.parse(image);
  const outcome = { status, ...(orderId && { orderId }), ...(reason && { reason }) } as DeliveryOutcome;
  return { delivery, outcome };
};

export const unpack = (chunks: readonly Uint8Array[]): Uint8Array => gunzipSync(Buffer.concat(chunks));
