import type { Sku } from '../../kernel/ids.ts';
import { availableToSell, type NodeAvailability } from './available-to-sell.ts';
import { policyFor, type ChannelPolicy } from './channel-policy.ts';
import type { ConnectionRef } from './delivery.ts';
import type { Sellable } from './published-figure.ts';

/** Stock of a SKU at one node; `version` counts the changes of that cell. */
export type StockCell = NodeAvailability & { readonly sku: Sku; readonly version: number };

/**
 * The figures of SKUs for one shop. Their version adds up the changes of all that they are made of, each of which only
 * rises: of two figures the one that was read later is never the lower, and the one that knows all is the highest.
 * A SKU that no node ever held has no figure: that is not known to be 0.
 */
export const sellableOf = (
  ref: ConnectionRef,
  cells: readonly StockCell[],
  inForce: { readonly version: number; readonly policies: readonly ChannelPolicy[] },
): readonly Sellable[] =>
  [...Map.groupBy(cells, ({ sku }) => sku)].map(([sku, ofSku]) => {
    const policy = policyFor(inForce.policies, ref, sku);
    return {
      sku,
      available: availableToSell(ofSku, policy ?? {}),
      version: ofSku.reduce((sum, { version }) => sum + version, inForce.version),
      isLimited: policy !== undefined,
      policyVersion: inForce.version,
    };
  });
