import * as z from 'zod';
import { defineEvent } from '../events/envelope.ts';
import { nodeId, sku } from '../scalars.ts';

export const stockChanged = defineEvent({
  source: 'dom.inventory',
  detailType: 'StockChanged.v1',
  description:
    'What can be sold of one SKU at one node has changed. `available` = on hand - reserved - safety stock, never below 0; `previousAvailable` is null for a new position.',
  data: z.object({
    sku,
    nodeId,
    onHand: z.int(),
    reserved: z.int(),
    safetyStock: z.int(),
    available: z.int(),
    previousAvailable: z.int().nullable(),
    /** For rules of the bus, which cannot compare two numbers; `new`: a position that has nothing to sell yet. */
    change: z.enum(['rose', 'fell', 'new']),
  }),
  examples: [
    {
      sku: 'MUG-RED',
      nodeId: 'DC-EAST',
      onHand: 12,
      reserved: 2,
      safetyStock: 1,
      available: 9,
      previousAvailable: 11,
      change: 'fell',
    },
  ],
});
