import type * as z from 'zod';
import type { EventContract } from './envelope.ts';

/** Something that happened, ready to be stored beside the state that it changed. */
export type Fact = { readonly source: string; readonly detailType: string; readonly data: unknown };

export const factOf = <Data extends z.ZodType>(contract: EventContract<Data>, data: z.input<Data>): Fact => ({
  source: contract.source,
  detailType: contract.detailType,
  data,
});
