import * as z from 'zod';
import { defineEvent } from '../events/envelope.ts';
import { nodeId, sku } from '../scalars.ts';

const changedPosition = z.object({
  sku,
  nodeId,
  onHand: z.int(),
  reserved: z.int(),
  safetyStock: z.int(),
  available: z.int(),
  previousAvailable: z.int().nullable(),
});
export type ChangedPosition = z.infer<typeof changedPosition>;

/** Together, since an order, an import or a count moves many positions, and each event is paid for at each consumer. */
export const stockChanged = defineEvent({
  source: 'dom.inventory',
  detailType: 'StockChanged.v1',
  description:
    'What can be sold of SKUs at nodes has risen, or has fallen, or is nothing yet (`new`). `available` = on hand - reserved - safety stock, never below 0; `previousAvailable` is null for a new position.',
  data: z.object({
    change: z.enum(['rose', 'fell', 'new']),
    positions: z.array(changedPosition).min(1).max(100),
  }),
  examples: [
    {
      change: 'fell',
      positions: [
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
    },
  ],
});
