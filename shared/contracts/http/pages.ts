import * as z from 'zod';

/** Every list answers with its items and, while there are more, a cursor to ask for the next page with. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'items per page' }),
  cursor: z.string().max(2000).optional().meta({ description: 'opaque; from the page before' }),
});

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.string().optional() });

export const nothing = z.object({});

/** What an import of rows answers: the good rows are applied, the bad ones are named. Rows count from 1, the header is row 1. */
export const importReport = z.object({
  dryRun: z.boolean(),
  accepted: z.int(),
  rejected: z.array(z.object({ row: z.int(), reason: z.string() })),
});
export type ImportReport = z.infer<typeof importReport>;

export const importQuery = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .meta({ description: 'check the rows, write nothing' }),
});
