import * as z from 'zod';
import { count, money, sku } from '../scalars.ts';
import { capabilities } from './capability.ts';

/** What routing and shipping need to know of a sellable thing. */
export const itemDetails = z.strictObject({
  title: z.string().min(1).max(500),
  weightGrams: count.default(0),
  barcode: z.string().max(50).optional(),
  price: money.optional(),
  /** Shipped only from nodes that have all of these. */
  requires: capabilities.optional(),
  status: z.enum(['active', 'retired']).default('active'),
});

export const item = itemDetails.extend({ sku });
export type Item = z.infer<typeof item>;
export type ItemInput = z.input<typeof item>;
