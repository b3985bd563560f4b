import type { BusEntry, PutOnBus } from '../../platform/facts/bus.ts';
import { countFacts } from '../../platform/facts/count-facts.ts';
import { eventIdOf } from '../../platform/facts/facts-item.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import { factOfWork, isHeard } from '../application/fact-of-work.ts';
import { readItem } from './fulfilment-item.ts';

const entriesOf = ({ before, after }: TableChange): readonly BusEntry[] => {
  if (after?.['entity'] !== 'fulfilmentOrder' || before?.['version'] === after['version']) return [];
  const { work } = readItem(after);
  if (!isHeard(work)) return [];
  const { source, detailType, data } = factOfWork(work);
  const aggregate = { aggregateId: work.fulfilmentOrderId, version: work.version };
  const metadata = {
    eventId: eventIdOf(aggregate, 0),
    occurredAt: work.updatedAt,
    aggregateId: aggregate.aggregateId,
    aggregateVersion: aggregate.version,
  };
  return [{ source, detailType, detail: { metadata, data } }];
};

/**
 * States on the bus what has become of work, from the changes of its table: each version once or, after a fault,
 * again under the same event id. A callback that is left with the work is no news. Throws when the bus does not take
 * all of them.
 */
export const makePublishWork =
  (deps: { readonly putOnBus: PutOnBus }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const entries = changes.flatMap(entriesOf);
    if (entries.length === 0) return;
    await deps.putOnBus(entries);
    countFacts(entries);
  };
