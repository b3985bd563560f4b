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

/**
 * Publishes the facts among a table's changes, in their order, but those of `keptBack`: facts for the timeline, which
 * no consumer listens to and an event each would be paid for. All are counted. Throws when the bus does not take all.
 */
export const makePublishFacts =
  (deps: { readonly putOnBus: PutOnBus; readonly keptBack?: readonly { readonly detailType: string }[] }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const items = changes
      .filter((change) => change.name === 'INSERT' && change.after?.['entity'] === 'facts')
      .map((change) => factsItemSchema.parse(change.after));
    if (items.length === 0) return;
    const entries = items.flatMap(entriesOf);
    const isKeptBack = ({ detailType }: BusEntry): boolean =>
      deps.keptBack?.some((fact) => fact.detailType === detailType) ?? false;
    await deps.putOnBus(entries.filter((entry) => !isKeptBack(entry)));
    countFacts(entries);
  };
