import type { TableChange } from '../lambda/stream-handler.ts';
import type { BusEntry, PutOnBus } from './bus.ts';
import { countFacts } from './count-facts.ts';
import { eventIdOf, factsItemSchema, type FactsItem } from './facts-item.ts';

const entriesOf = (item: FactsItem): readonly BusEntry[] =>
  item.facts.map((fact, index) => ({
    source: fact.source,
    detailType: fact.detailType,
    detail: {
      metadata: {
        eventId: eventIdOf(item, index),
        occurredAt: item.at,
        aggregateId: item.aggregateId,
        aggregateVersion: item.version,
      },
      data: fact.data,
    },
  }));

/** Publishes the facts among a table's changes, in their order. Throws when the bus does not take all of them. */
export const makePublishFacts =
  (deps: { readonly putOnBus: PutOnBus }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const items = changes
      .filter((change) => change.name === 'INSERT' && change.after?.['entity'] === 'facts')
      .map((change) => factsItemSchema.parse(change.after));
    if (items.length === 0) return;
    const entries = items.flatMap(entriesOf);
    await deps.putOnBus(entries);
    countFacts(entries);
  };
