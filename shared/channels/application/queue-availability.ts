import type { Sku } from '../../kernel/ids.ts';
import { hasAvailabilityChanged, type AvailabilityChange } from '../domain/changed-availability.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import type { ConnectionList } from './ports.ts';
import type { PublicationMessage, PublicationQueue } from './publication-ports.ts';

/** As many SKUs as one message names: far below the size of a message, and about what a shop takes in one call. */
const SKUS_PER_MESSAGE = 100;

/** The messages that tell a shop of changes of these SKUs. */
export const changedMessages = (
  { channel, connection }: ConnectionRef,
  skus: readonly Sku[],
  how: { readonly isUnsure?: true } = {},
): readonly PublicationMessage[] =>
  Array.from({ length: Math.ceil(skus.length / SKUS_PER_MESSAGE) }, (_, index) => ({
    type: 'changed',
    channel,
    connection,
    skus: skus.slice(index * SKUS_PER_MESSAGE, (index + 1) * SKUS_PER_MESSAGE),
    ...how,
  }));

/** Hands the SKUs of which what can be sold has changed to the queue of every shop that is told things, each once. */
export const makeQueueAvailability =
  (deps: { readonly list: Pick<ConnectionList, 'tellable'>; readonly queue: PublicationQueue }) =>
  async (changes: readonly (AvailabilityChange & { readonly sku: Sku })[]): Promise<void> => {
    const changed = changes.filter((change) => hasAvailabilityChanged([change])).map(({ sku }) => sku);
    if (changed.length === 0) return;
    const skus = [...new Set(changed)];
    const refs = await deps.list.tellable();
    await deps.queue.send(refs.flatMap((ref) => changedMessages(ref, skus)));
  };
