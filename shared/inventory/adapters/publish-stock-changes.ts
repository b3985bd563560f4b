import { stockChanged } from '../../contracts/inventory/events.ts';
import type { BusEntry, PutOnBus } from '../../platform/facts/bus.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { StoredPosition } from '../domain/audit.ts';
import { availableOf } from '../domain/position.ts';
import { positionFrom } from './stock-items.ts';

const changeOf = (available: number, previous: number | null): 'rose' | 'fell' | 'new' => {
  if (available > (previous ?? 0)) return 'rose';
  return previous === null ? 'new' : 'fell';
};

const entryOf = (
  position: StoredPosition,
  occurredAt: unknown,
  moved: { readonly available: number; readonly previousAvailable: number | null },
): BusEntry => ({
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
      ...moved,
      change: changeOf(moved.available, moved.previousAvailable),
    }),
  },
});

const entriesOf = ({ before, after }: TableChange): readonly BusEntry[] => {
  if (after?.['entity'] !== 'position') return [];
  const position = positionFrom(after);
  const available = availableOf(position);
  const previousAvailable = before === undefined ? null : availableOf(positionFrom(before));
  return available === previousAvailable
    ? []
    : [entryOf(position, after['updatedAt'], { available, previousAvailable })];
};

/**
 * States on the bus what can be sold where, in the table's order, whenever that changes: a shipment, which takes
 * reserved units out of those on hand, is nobody's news. Throws when the bus does not take all of them.
 */
export const makePublishStockChanges =
  (deps: { readonly putOnBus: PutOnBus }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const entries = changes.flatMap(entriesOf);
    if (entries.length > 0) await deps.putOnBus(entries);
  };
