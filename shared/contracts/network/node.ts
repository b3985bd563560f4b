import * as z from 'zod';
import { address, count, nodeId } from '../scalars.ts';

export const nodeType = z.enum(['warehouse', 'store', '3pl', 'supplier']);

/** What operators say of a node. Money in minor units of the network's currency. */
export const nodeDetails = z.strictObject({
  name: z.string().min(1).max(200),
  type: nodeType,
  address,
  /** A snoozed node takes no new work. */
  status: z.enum(['active', 'snoozed']).default('active'),
  /** Lower is preferred where cost does not decide. */
  priority: z.int().min(0).max(1000).default(100),
  /** Orders the node can take on in a day; absent: no limit. */
  ordersPerDay: count.optional(),
  costs: z
    .strictObject({
      /** Handling of one parcel, whatever is in it. */
      perShipment: z.int().min(0),
      /** Handling of one unit. */
      perUnit: z.int().min(0),
    })
    .default({ perShipment: 0, perUnit: 0 }),
  /** Silence for longer than this counts as a rejection. */
  acceptWithinMinutes: z.int().min(1).max(20_160).default(240),
  shipWithinMinutes: z.int().min(1).max(86_400).default(2_880),
  /** Where the node is told of its work (HTTPS POST); absent: it polls the API. */
  endpoint: z.url().max(500).optional(),
});

export const node = nodeDetails.extend({ nodeId });
export type Node = z.infer<typeof node>;
export type NodeInput = z.input<typeof node>;
