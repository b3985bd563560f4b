import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import type { PublicationQueue } from '../application/publication-ports.ts';
import type { makePublishPolicyChange } from '../application/publish-policy-change.ts';
import { policyFrom } from './dynamo/channel-policy-items.ts';
import { resyncFrom } from './dynamo/dynamo-resyncs.ts';

/**
 * What the channels' table says is to be told: a changed policy, and a resync that has begun. Neither is sent by whoever
 * stored it, so what is stored is told, whatever dies in between.
 */
export const makePublicationChanges =
  (deps: {
    readonly queue: PublicationQueue;
    readonly publishPolicyChange: ReturnType<typeof makePublishPolicyChange>;
  }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    for (const { name, after } of changes) {
      if (after?.['entity'] === 'policy') {
        const { policy, version, updatedAt } = policyFrom(after);
        await deps.publishPolicyChange(policy, version, updatedAt);
      }
      if (after?.['entity'] === 'resync' && name === 'INSERT') {
        const { channel, connection, resyncId, page } = resyncFrom(after);
        await deps.queue.send([{ type: 'resync', channel, connection, resyncId, page }]);
      }
    }
  };
