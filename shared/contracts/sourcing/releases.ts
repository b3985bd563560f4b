import * as z from 'zod';
import { instant } from '../scalars.ts';
import { strategyId } from './strategy.ts';

export const releaseId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}\.[0-9a-z]{1,12}$/)
  .meta({ description: 'a release: its strategy and its moment', example: 'parcels-us.mftr2k9q' });

const weighed = z.number().meta({ description: 'minor units as weighed, missing units included' });

export const release = z.object({
  releaseId,
  strategyId,
  startedAt: instant,
  until: instant,
  status: z.enum(['running', 'done']),
  seed: z.int(),
  work: z.int().meta({ description: 'order decisions that were tried at most' }),
  orders: z.int().meta({ description: 'planned together' }),
  released: z.int().meta({ description: 'went on with their plan' }),
  kept: z.int().meta({ description: 'go on waiting, since nothing of them can ship' }),
  carried: z.int().meta({ description: 'waited too, and were too many for one release' }),
  cost: weighed,
  oneByOneCost: weighed,
  chosen: z.enum(['together', 'oneByOne']),
});

export const gathering = z.object({
  strategyId,
  windowMinutes: z.int(),
  nextAt: instant,
  waiting: z.int(),
  since: instant.optional().meta({ description: 'the oldest' }),
  last: release.optional(),
});
