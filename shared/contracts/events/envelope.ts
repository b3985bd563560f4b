import * as z from 'zod';
import { instant } from '../scalars.ts';

/** What every fact on the bus carries besides its data. Consumers dedupe on `eventId` and order by `aggregateVersion`. */
export const eventMetadata = z.object({
  eventId: z.string(),
  occurredAt: instant,
  aggregateId: z.string(),
  aggregateVersion: z.int().min(0),
  correlationId: z.string().optional(),
});
export type EventMetadata = z.infer<typeof eventMetadata>;

/** A versioned event contract: `source` and `detailType` as on the bus, the schema of `data`, and examples that must parse for ever. */
export type EventContract<Data extends z.ZodType> = {
  readonly source: `dom.${string}`;
  readonly detailType: `${string}.v${number}`;
  readonly description: string;
  readonly data: Data;
  readonly examples: readonly z.input<Data>[];
};

export const defineEvent = <Data extends z.ZodType>(contract: EventContract<Data>): EventContract<Data> =>
  contract;

/** The EventBridge event as a queue or a rule delivers it. */
export const busEvent = <Data extends z.ZodType>(
  contract: EventContract<Data>,
): z.ZodType<{ detail: { metadata: EventMetadata; data: z.output<Data> } }> =>
  z.object({
    source: z.literal(contract.source),
    'detail-type': z.literal(contract.detailType),
    detail: z.object({ metadata: eventMetadata, data: contract.data }),
  }) as unknown as z.ZodType<{ detail: { metadata: EventMetadata; data: z.output<Data> } }>;
