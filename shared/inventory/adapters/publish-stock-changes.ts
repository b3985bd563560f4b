import { stockChanged } from '../../contracts/inventory/events.ts';
import type { BusEntry, PutOnBus } from '../../platform/facts/bus.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { StoredPosition } from '../domain/audit.ts';
import { availableOf } from '../domain/position.ts';
import { positionFrom, type TableItem } from './stock-items.ts';

const entryOf = (position: StoredPosition, occurredAt: unknown, before: TableItem | undefined): BusEntry => ({
  source: stockChanged.source,
  detailType: stockChanged.detailType,
  detail: {
    metadata: {
      eventId: `${position.sku}:${position.nodeId}:${position.version}`,
      occurredAt,
      aggregateId: `${position.sku}:${position.nodeId}`,
      aggregateVersion: position.version,
    },
    data: stockChanged.data.parse({
      ...position,
      available: availableOf(position),
      previousAvailable: before === undefined ? null : availableOf(positionFrom(before)),
    }),
  },
});

/** States every changed position on the bus, in the table's order. Throws when the bus does not take all of them. */
export const makePublishStockChanges =
  (deps: { readonly putOnBus: PutOnBus }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const entries = changes.flatMap(({ before, after }) =>
      after?.['entity'] === 'position' ? [entryOf(positionFrom(after), after['updatedAt'], before)] : [],
    );
    if (entries.length > 0) await deps.putOnBus(entries);
  };
