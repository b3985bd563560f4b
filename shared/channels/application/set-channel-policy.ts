import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { ChannelPolicy } from '../domain/channel-policy.ts';
import type { ChannelPolicyStore } from './publication-ports.ts';

/** What of the network a policy has to name rightly. */
type Network = {
  readonly findItem: (sku: Sku) => Promise<object | undefined>;
  readonly findNode: (nodeId: NodeId) => Promise<object | undefined>;
};
export type PolicyRefusal =
  { readonly type: 'unknownSku' } | { readonly type: 'unknownNode'; readonly nodeId: NodeId };

/** Sets a policy, in place of what was said of the same channel, connection and SKU. */
export const makeSetChannelPolicy =
  (deps: {
    readonly policies: Pick<ChannelPolicyStore, 'save'>;
    readonly network: Network;
    readonly now: () => Instant;
  }) =>
  async (policy: ChannelPolicy): Promise<Result<ChannelPolicy, PolicyRefusal>> => {
    const { sku, nodes = [] } = policy;
    if (sku !== undefined && (await deps.network.findItem(sku)) === undefined)
      return refuse({ type: 'unknownSku' });
    for (const nodeId of nodes)
      if ((await deps.network.findNode(nodeId)) === undefined) return refuse({ type: 'unknownNode', nodeId });
    await deps.policies.save(policy, deps.now());
    return ok(policy);
  };
