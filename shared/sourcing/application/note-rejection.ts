import type { Instant } from '../../kernel/instant.ts';
import type { KnownNode } from './offered-node.ts';

export type Rejection = {
  readonly nodeId: string;
  readonly fulfilmentOrderId: string;
  readonly at: Instant;
};

export type Rejections = {
  /** Kept once, however often it is told. */
  readonly keep: (rejection: Rejection) => Promise<void>;
  /** All since then, of any node; at most two days back. */
  readonly since: (at: Instant) => Promise<readonly Rejection[]>;
};

/** The nodes with the moments at which each rejected orders, for rules that let a node cool down. */
export const withRejections = <Node extends Pick<KnownNode, 'nodeId'>>(
  nodes: readonly Node[],
  rejections: readonly Rejection[],
): readonly (Node & Pick<KnownNode, 'rejectedAt'>)[] => {
  const moments = new Map<string, Instant[]>();
  for (const { nodeId, at } of rejections) moments.set(nodeId, [...(moments.get(nodeId) ?? []), at]);
  return nodes.map((node) => {
    const rejectedAt = moments.get(node.nodeId);
    return rejectedAt === undefined ? node : { ...node, rejectedAt };
  });
};
