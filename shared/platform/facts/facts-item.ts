import * as z from 'zod';
import type { Fact } from '../../contracts/events/fact.ts';
import type { Instant } from '../../kernel/instant.ts';

/**
 * The facts of one change, stored in the transaction of that change (outbox). The stream publishes it; nothing else
 * does. The item stays: it is the aggregate's timeline.
 */
export const factsItemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  entity: z.literal('facts'),
  aggregateId: z.string(),
  version: z.int(),
  at: z.string(),
  facts: z.array(z.object({ source: z.string(), detailType: z.string(), data: z.unknown() })),
});
export type FactsItem = z.infer<typeof factsItemSchema>;

/** Sort key of the facts of one version; versions sort as numbers do. */
export const factsSortKey = (version: number): string => `FACTS#${String(version).padStart(8, '0')}`;

export const factsItem = (input: {
  readonly pk: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly at: Instant;
  readonly facts: readonly Fact[];
}): FactsItem => ({
  pk: input.pk,
  sk: factsSortKey(input.version),
  entity: 'facts',
  aggregateId: input.aggregateId,
  version: input.version,
  at: input.at,
  facts: [...input.facts],
});

/** The same fact has the same id however often it is published. */
export const eventIdOf = (item: Pick<FactsItem, 'aggregateId' | 'version'>, index: number): string =>
  `${item.aggregateId}:${item.version}:${index}`;
