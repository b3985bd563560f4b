import * as z from 'zod';

const meterLine = z.object({
  at: z.number(),
  service: z.string(),
  what: z.string(),
  units: z.number(),
  /** The function, queue or workflow that it was for. */
  by: z.string().optional(),
  ms: z.number().optional(),
  mb: z.number().optional(),
  cold: z.boolean().optional(),
  records: z.number().nullish(),
  logged: z.number().optional(),
  note: z.string().optional(),
});

/** One billed request as infra/local/cloud/meter.py writes it down. */
export type MeterLine = z.infer<typeof meterLine>;

/** The lines of a meter's file from `since` (epoch ms) on. Throws on a line that is none. */
export const readMeter = (text: string, since: number): readonly MeterLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => meterLine.parse(JSON.parse(line)))
    .filter(({ at }) => at >= since);
