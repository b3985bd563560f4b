import * as z from 'zod';
import { defineEvent } from '../events/envelope.ts';
import { nodeId, sku } from '../scalars.ts';

export const stockChanged = defineEvent({
  source: 'dom.inventory',
  detailType: 'StockChanged.v1',
  description:
    'The position of one SKU at one node after a change. `available` = on hand - reserved - safety stock, never below 0; `previousAvailable` is null for a new position.',
  data: z.object({
    sku,
    nodeId,
    onHand: z.int(),
    reserved: z.int(),
    safetyStock: z.int(),
    available: z.int(),
    previousAvailable: z.int().nullable(),
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
    },
  ],
});
