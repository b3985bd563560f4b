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

export const stockDiscrepancyFound = defineEvent({
  source: 'dom.inventory',
  detailType: 'StockDiscrepancyFound.v1',
  description:
    'The books do not balance at this place: a cell, a reservation, or an item that cannot be read. Said once, until it is mended. `isFrozen`: nothing of the cell is offered until somebody has looked and thaws it.',
  data: z.object({
    subject: z.string(),
    sku: sku.optional(),
    nodeId: nodeId.optional(),
    isFrozen: z.boolean(),
    violations: z.array(z.object({ rule: z.string(), detail: z.string() })).min(1),
    proofId: z.string(),
  }),
  examples: [
    {
      subject: 'position DC-EAST#MUG-RED',
      sku: 'MUG-RED',
      nodeId: 'DC-EAST',
      isFrozen: true,
      violations: [{ rule: 'reserved = open claims', detail: 'reserved 5, but the open claims add up to 3' }],
      proofId: 'proof-20261123T090000000Z',
    },
  ],
});

export const backInStock = defineEvent({
  source: 'dom.inventory',
  detailType: 'BackInStock.v1',
  description:
    'A SKU can be had again: what is available of it, summed over all nodes, has risen from 0. By availability, never by what is on hand: units that arrive for waiting claims do not count. Once for each return; `returns` counts them. What one shop may sell is told by that shop.',
  data: z.object({ sku, available: z.int().min(1), returns: z.int().min(1) }),
  examples: [{ sku: 'MUG-RED', available: 12, returns: 1 }],
});

export const reorderPointCrossed = defineEvent({
  source: 'dom.inventory',
  detailType: 'ReorderPointCrossed.v1',
  description:
    'The net position of a SKU at a node (free units and all that is on order) has come down to its reorder point, or the point was set above it. Once for each crossing (`crossing` counts them); said again only after the net position was above the point.',
  data: z.object({
    sku,
    nodeId,
    reorderPoint: z.int().min(0),
    available: z.int(),
    inbound: z.int().min(0),
    netPosition: z.int(),
    crossing: z.int().min(1),
  }),
  examples: [
    {
      sku: 'MUG-RED',
      nodeId: 'DC-EAST',
      reorderPoint: 20,
      available: 12,
      inbound: 5,
      netPosition: 17,
      crossing: 1,
    },
  ],
});
