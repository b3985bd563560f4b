import * as z from 'zod';
import { channelName } from '../../../contracts/channels/routes.ts';
import { nodeId, sku } from '../../../contracts/scalars.ts';
import type { ChannelName } from '../../domain/delivery.ts';
import type { ChannelPolicy, PolicyScope } from '../../domain/channel-policy.ts';

const policyItem = z.object({
  entity: z.literal('policy'),
  channel: channelName,
  connection: z.string().exactOptional(),
  sku: sku.exactOptional(),
  buffer: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('units'), units: z.int() }),
      z.object({ type: z.literal('percent'), percent: z.int() }),
    ])
    .exactOptional(),
  quota: z.int().exactOptional(),
  nodes: z.array(nodeId).exactOptional(),
  /** A policy that was deleted stays as a mark, since the table's stream has to tell of it. */
  status: z.enum(['inForce', 'withdrawn']),
  version: z.int(),
  updatedAt: z.string(),
});

/** All policies of a channel lie together: hundreds, rarely thousands, and one query reads them. */
export const policiesOf = (channel: ChannelName): string => `POLICIES#${channel}`;
export const POLICY_PREFIX = 'POLICY#';
/** A connection's name holds no `#`; free text (the SKU) comes last. */
export const policyKey = ({ channel, connection = '', sku: of }: PolicyScope) => ({
  pk: policiesOf(channel),
  sk: `${POLICY_PREFIX}${connection}#${of === undefined ? 'ALL' : `SKU#${of}`}`,
});
export const policyVersionKey = (channel: ChannelName) => ({ pk: policiesOf(channel), sk: 'VERSION' });

export type StoredPolicy = {
  readonly policy: ChannelPolicy;
  readonly status: 'inForce' | 'withdrawn';
  readonly version: number;
  readonly updatedAt: string;
};

/** Reads a stored policy; throws on an item that is none. */
export const policyFrom = (item: unknown): StoredPolicy => {
  const { entity: _, status, version, updatedAt, ...policy } = policyItem.parse(item);
  return { policy, status, version, updatedAt };
};
