import type { Instant } from '../../kernel/instant.ts';
import type { HistoryShare } from '../domain/proof.ts';
import type { Clock } from './ports.ts';

const NOTHING_READ = { cells: 0, movements: 0, reservations: 0 };
const NOTHING_JUDGED = { lookedAt: 0, unsettled: 0, found: 0 };

/** A proof as its workflow carries it: where each segment begins, and what each judge sees to. */
export type ProofPlan = {
  readonly proofId: string;
  readonly startedAt: Instant;
  readonly history: HistoryShare;
  readonly segments: readonly {
    readonly proofId: string;
    readonly segment: number;
    readonly segments: number;
    readonly history: HistoryShare;
    readonly stretch: number;
    readonly counts: typeof NOTHING_READ;
  }[];
  readonly parts: readonly {
    readonly proofId: string;
    readonly part: number;
    readonly parts: number;
    readonly tally: typeof NOTHING_JUDGED;
  }[];
};

/** Starts the workflow of a proof; one that is started already goes on. */
export type ProofWorkflow = { readonly startProof: (plan: ProofPlan) => Promise<void> };

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/**
 * Begins a proof of the whole store. The history's share follows from the hour, so that runs take turns whoever starts
 * them and however often.
 */
export const makeStartProof =
  (deps: {
    readonly workflow: ProofWorkflow;
    readonly now: Clock;
    readonly segments: number;
    readonly parts: number;
    readonly historyShares: number;
    /** How often a proof is begun. */
    readonly everyMs: number;
  }) =>
  async (): Promise<{ readonly proofId: string }> => {
    const startedAt = deps.now();
    const turn = Math.floor(Date.parse(startedAt) / deps.everyMs);
    const history = { index: turn % deps.historyShares, of: deps.historyShares };
    const proofId = `proof-${startedAt.replaceAll(/[^0-9TZ]/g, '')}`;
    await deps.workflow.startProof({
      proofId,
      startedAt,
      history,
      segments: numbers(deps.segments).map((segment) => ({
        proofId, segment, segments: deps.segments, history, stretch: 0, counts: NOTHING_READ,
      })), // prettier-ignore
      parts: numbers(deps.parts).map((part) => ({ proofId, part, parts: deps.parts, tally: NOTHING_JUDGED })),
    });
    return { proofId };
  };
