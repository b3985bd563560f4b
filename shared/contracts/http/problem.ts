import * as z from 'zod';

/** RFC 9457 problem document, the body of every refusal. */
export const problem = z.object({
  type: z
    .string()
    .meta({ description: 'stable name of the refusal', example: 'urn:switchyard:problem:not-found' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ at: z.string(), reason: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
