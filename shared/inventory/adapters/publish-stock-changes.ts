import { instant } from '../../contracts/scalars.ts';
import { stockChanged, type ChangedPosition } from '../../contracts/inventory/events.ts';
import type { BusEntry, PutOnBus } from '../../platform/facts/bus.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { StoredPosition } from '../domain/audit.ts';
import { availableOf } from '../domain/position.ts';
import { asOf } from '../domain/soft-claims.ts';
import { positionOrFrozen } from './position-or-frozen.ts';
import type { TableItem } from './stock-items.ts';

type Change = 'rose' | 'fell' | 'new';
const CHANGES: readonly Change[] = ['rose', 'fell', 'new'];

type Moved = {
  readonly change: Change;
  readonly version: number;
  readonly at: unknown;
  readonly position: Omit<StoredPosition, 'version'> &
    Pick<ChangedPosition, 'available' | 'previousAvailable'>;
};

/** As many positions as an event may hold: far below the 64 KiB that are billed as one. */
const POSITIONS_PER_EVENT = 100;

const changeOf = (available: number, previous: number | null): Change => {
  if (available > (previous ?? 0)) return 'rose';
  return previous === null ? 'new' : 'fell';
};

/**
 * As it counted when it was written: what had expired by then was said to be available, so taking it off later is no
 * news, and taking off what expired since is.
 */
const asWritten = (image: TableItem | undefined): StoredPosition | undefined => {
  const [position] = image === undefined ? [] : positionOrFrozen(image);
  const at = instant.safeParse(image?.['updatedAt']).data;
  return position === undefined || at === undefined ? position : asOf(position, at);
};

const movedIn = ({ before, after }: TableChange): readonly Moved[] => {
  if (after?.['entity'] !== 'position') return [];
  const [now, then] = [asWritten(after), asWritten(before)];
  if (now === undefined) return [];
  const { version, problem: _, ...position } = now;
  const available = availableOf(position);
  const previousAvailable = then === undefined ? null : availableOf(then);
  if (available === previousAvailable) return [];
  const change = changeOf(available, previousAvailable);
  return [
    { change, version, at: after['updatedAt'], position: { ...position, available, previousAvailable } },
  ];
};

const chunksOf = (moved: readonly Moved[]): readonly (readonly Moved[])[] =>
  Array.from({ length: Math.ceil(moved.length / POSITIONS_PER_EVENT) }, (_, index) =>
    moved.slice(index * POSITIONS_PER_EVENT, (index + 1) * POSITIONS_PER_EVENT),
  );

const entryOf = (change: Change, moved: readonly Moved[]): readonly BusEntry[] => {
  const [first] = moved;
  if (first === undefined) return [];
  const aggregateId = `${first.position.sku}:${first.position.nodeId}`;
  return [
    {
      source: stockChanged.source,
      detailType: stockChanged.detailType,
      detail: {
        metadata: {
          eventId: `${aggregateId}:${first.version}:${change}`,
          occurredAt: first.at,
          aggregateId,
          aggregateVersion: first.version,
        },
        data: stockChanged.data.parse({ change, positions: moved.map(({ position }) => position) }),
      },
    },
  ];
};

/**
 * States on the bus what can be sold where whenever that changes, rises and falls of a batch apart and each in the
 * table's order: a shipment, which takes reserved units out of those on hand, is nobody's news. Throws when the bus
 * does not take all of them.
 */
export const makePublishStockChanges =
  (deps: { readonly putOnBus: PutOnBus }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const moved = changes.flatMap(movedIn);
    const entries = CHANGES.flatMap((change) =>
      chunksOf(moved.filter((one) => one.change === change)).flatMap((chunk) => entryOf(change, chunk)),
    );
    if (entries.length > 0) await deps.putOnBus(entries);
  };
