import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { ChannelName, ConnectionRef } from './delivery.ts';

/** What a policy speaks of. Absent connection: every shop of the channel; absent SKU: every SKU. */
export type PolicyScope = {
  readonly channel: ChannelName;
  readonly connection?: string;
  readonly sku?: Sku;
};

/** Kept back from a channel: whole units, or a share of what its nodes have, rounded up to whole units. */
export type ChannelBuffer =
  { readonly type: 'units'; readonly units: number } | { readonly type: 'percent'; readonly percent: number };

/** What a channel may sell of what is available. Safety stock and ring-fence are other things, decided elsewhere. */
export type SalesTerms = {
  readonly buffer?: ChannelBuffer;
  /** At most so many units are offered, however many there are. */
  readonly quota?: number;
  /** The nodes that serve the channel; absent: all. */
  readonly nodes?: readonly NodeId[];
};

export type ChannelPolicy = PolicyScope & SalesTerms;

const speaksOf = (policy: PolicyScope, ref: ConnectionRef, sku: Sku): boolean =>
  policy.channel === ref.channel &&
  (policy.connection ?? ref.connection) === ref.connection &&
  (policy.sku ?? sku) === sku;

/** A policy of a SKU goes before one of all SKUs; after that, one of a shop before one of its channel. */
const rankOf = ({ sku, connection }: PolicyScope): number =>
  (sku === undefined ? 0 : 2) + (connection === undefined ? 0 : 1);

/**
 * The one policy that applies to a SKU in a shop: the most precise, whole. Terms are never mixed from several, so what
 * one reads is what applies. Undefined: everything that is available is offered.
 */
export const policyFor = (
  policies: readonly ChannelPolicy[],
  ref: ConnectionRef,
  sku: Sku,
): ChannelPolicy | undefined =>
  policies
    .filter((policy) => speaksOf(policy, ref, sku))
    .reduce<ChannelPolicy | undefined>(
      (best, policy) => (best === undefined || rankOf(policy) > rankOf(best) ? policy : best),
      undefined,
    );
