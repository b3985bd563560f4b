import type { Instant } from '../../kernel/instant.ts';
import type { PolicyScope } from '../domain/channel-policy.ts';
import { newResync } from '../domain/resync.ts';
import type { ConnectionList } from './ports.ts';
import type { PublicationQueue, ResyncStore } from './publication-ports.ts';
import { changedMessages } from './queue-availability.ts';

/**
 * Sees to it that shops hear of a changed policy: of one SKU by telling that SKU, of all SKUs by a resync, in every
 * shop that the policy speaks of.
 */
export const makePublishPolicyChange =
  (deps: {
    readonly list: Pick<ConnectionList, 'tellable'>;
    readonly queue: PublicationQueue;
    readonly resyncs: ResyncStore;
  }) =>
  async ({ channel, connection, sku }: PolicyScope, version: number, at: Instant): Promise<void> => {
    const shops = (await deps.list.tellable()).filter(
      (ref) => ref.channel === channel && (connection ?? ref.connection) === ref.connection,
    );
    if (sku !== undefined) return deps.queue.send(shops.flatMap((ref) => changedMessages(ref, [sku])));
    for (const ref of shops) await deps.resyncs.start(newResync(ref, at, `policy-${version}`));
  };
