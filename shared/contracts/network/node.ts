import * as z from 'zod';
import { isTimeZone } from '../../kernel/local-time.ts';
import { address, count, instant, nodeId, sku } from '../scalars.ts';
import { capabilities } from './capability.ts';

export const nodeType = z.enum(['warehouse', 'store', '3pl', 'supplier']);
export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** When a node hands parcels over. A node without a calendar does so every day. */
export const nodeCalendar = z.strictObject({
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, { error: 'is not an IANA time zone' })
    .meta({ description: 'IANA time zone of dates and cut-off', example: 'America/New_York' }),
  workingDays: z.array(weekday).min(1).max(7).default(['mon', 'tue', 'wed', 'thu', 'fri']),
  closedDates: z.array(z.iso.date()).max(400).default([]),
  /** Orders of a working day ship by its rules until this time of day, later ones as of the next; absent: midnight. */
  cutOff: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional()
    .meta({ description: 'HH:MM', example: '14:00' }),
  /** Working days between taking an order and handing it over. */
  handlingDays: z.int().min(0).max(30).default(0),
});

/** What operators say of a node. Money in minor units of the network's currency. */
export const nodeDetails = z.strictObject({
  name: z.string().min(1).max(200),
  type: nodeType,
  address,
  /** A snoozed node takes no new work. */
  status: z.enum(['active', 'snoozed']).default('active'),
  /** Takes no new work until then, whatever `status` says, and is awake again afterwards. */
  snoozedUntil: instant.optional(),
  /** Products that the node does not ship for a while, although they lie there. */
  productSnoozes: z
    .array(z.strictObject({ sku, until: instant }))
    .max(500)
    .optional(),
  /** Absent: `ship`, and at a store `pickup` as well. */
  capabilities: capabilities.optional(),
  calendar: nodeCalendar.optional(),
  /** Lower is preferred where cost does not decide. */
  priority: z.int().min(0).max(1000).default(100),
  /** Orders, products to pick (of each order) and units that the node can take on in a day; absent: no limit. */
  ordersPerDay: count.optional(),
  linesPerDay: count.optional(),
  unitsPerDay: count.optional(),
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
