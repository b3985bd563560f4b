import type { Instant } from '../../kernel/instant.ts';
import type { CandidateNode, NodeChoice } from './choose-nodes.ts';
import type { Destination } from './geography.ts';

/** A decision with everything that it was made from, so that it can be made again and asked why. */
export type DecisionRecord = {
  readonly decisionId: string;
  readonly at: Instant;
  readonly request: {
    readonly orderId: string;
    readonly revision: number;
    readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly quantity: number }[];
    readonly shipTo: Destination;
    readonly shipComplete: boolean;
    readonly excludedNodes: readonly string[];
  };
  readonly candidates: readonly CandidateNode[];
  readonly choice: NodeChoice;
};
