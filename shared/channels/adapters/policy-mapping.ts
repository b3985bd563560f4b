import type { Sku } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { PolicyRefusal } from '../application/set-channel-policy.ts';
import type { ChannelPolicy, PolicyScope } from '../domain/channel-policy.ts';
import type { ChannelName } from '../domain/delivery.ts';

/** What a request's path and query say that a policy speaks of. */
export const policyScopeOf = (
  { channel }: { readonly channel: ChannelName },
  { connection, sku }: { readonly connection?: string | undefined; readonly sku?: Sku | undefined },
): PolicyScope => ({
  channel,
  ...(connection !== undefined && { connection }),
  ...(sku !== undefined && { sku }),
});

export const setPolicyReply = (result: Result<ChannelPolicy, PolicyRefusal>): Reply => {
  if (result.ok) return reply(200, result.value);
  return result.refusal.type === 'unknownSku'
    ? problemReply('not-found', 'the catalogue does not know this SKU')
    : problemReply('unprocessable', `the network does not know node ${result.refusal.nodeId}`);
};
