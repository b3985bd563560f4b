import type { NodeId, Sku } from '../../kernel/ids.ts';
import { availableToSell, serves } from '../domain/available-to-sell.ts';
import { policyFor, type ChannelPolicy } from '../domain/channel-policy.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import type { PublishedFigure } from '../domain/published-figure.ts';
import type { PolicyBook, PublishedFigures, ReadStockCells } from './publication-ports.ts';

export type ExplainedSellable = {
  readonly available: number;
  readonly policy?: ChannelPolicy;
  readonly nodes: readonly {
    readonly nodeId: NodeId;
    readonly available: number;
    readonly serves: boolean;
  }[];
  readonly published?: PublishedFigure;
};

/** What a shop may sell of a SKU, the policy and the nodes that it follows from, and what the shop was told last. */
export const makeExplainSellable =
  (deps: {
    readonly policies: PolicyBook;
    readonly readStockCells: ReadStockCells;
    readonly published: Pick<PublishedFigures, 'find'>;
  }) =>
  async (ref: ConnectionRef, sku: Sku): Promise<ExplainedSellable | undefined> => {
    const [{ policies }, cells, published] = await Promise.all([
      deps.policies.inForce(ref.channel),
      deps.readStockCells([sku]),
      deps.published.find(ref, [sku]),
    ]);
    if (cells.length === 0) return undefined;
    const policy = policyFor(policies, ref, sku);
    const told = published.get(sku);
    return {
      available: availableToSell(cells, policy ?? {}),
      ...(policy && { policy }),
      nodes: cells.map(({ nodeId, available }) => ({
        nodeId,
        available,
        serves: serves(policy ?? {}, nodeId),
      })),
      ...(told && { published: told }),
    };
  };
