import type { Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { EndedTrial, Trial } from './trial.ts';

/** Which version of a strategy is in force, and which were before: the only thing about a strategy that changes. */
export type StrategyHead = {
  readonly strategyId: string;
  /** Grows with every stored change. */
  readonly revision: number;
  readonly latest: number;
  readonly active: number | null;
  /** What was active before, oldest first; null: nothing was. */
  readonly past: readonly (number | null)[];
  /** The version that decides a share of the orders beside the one in force. */
  readonly trial?: Trial | undefined;
  readonly lastTrial?: EndedTrial | undefined;
};

export type HeadRefusal = {
  readonly type: 'noSuchVersion' | 'alreadyActive' | 'nothingBefore' | 'nothingInForce' | 'trialRuns';
};

/** Rolling back further than this is not rolling back. */
const PAST_KEPT = 20;

export const newHead = (strategyId: string): StrategyHead => ({
  strategyId,
  revision: 0,
  latest: 0,
  active: null,
  past: [],
});

export const addVersion = (head: StrategyHead): StrategyHead => ({
  ...head,
  revision: head.revision + 1,
  latest: head.latest + 1,
});

/** The head without its trial, which is remembered as ended. */
const endTrial = (
  head: StrategyHead,
  at: Instant,
  outcome: EndedTrial['outcome'],
  reason?: string,
): StrategyHead => {
  const { trial, ...rest } = head;
  if (trial === undefined) return head;
  const { version, share, since } = trial;
  return { ...rest, lastTrial: { version, share, since, endedAt: at, outcome, reason } };
};

/** Puts a version in force for all. A trial ends by that: promoted, if it was of this version. */
export const activateVersion = (
  head: StrategyHead,
  version: number,
  at: Instant,
): Result<StrategyHead, HeadRefusal> => {
  if (version < 1 || version > head.latest) return refuse({ type: 'noSuchVersion' });
  if (version === head.active) return refuse({ type: 'alreadyActive' });
  const past = [...head.past, head.active].slice(-PAST_KEPT);
  const ended = endTrial(head, at, version === head.trial?.version ? 'promoted' : 'withdrawn');
  return ok({ ...ended, revision: head.revision + 1, active: version, past });
};

/** Lets a version decide a share of the orders. One trial at a time, beside a version in force to compare it with. */
export const startTrial = (head: StrategyHead, trial: Trial): Result<StrategyHead, HeadRefusal> => {
  if (trial.version < 1 || trial.version > head.latest) return refuse({ type: 'noSuchVersion' });
  if (head.active === null) return refuse({ type: 'nothingInForce' });
  if (trial.version === head.active) return refuse({ type: 'alreadyActive' });
  if (head.trial !== undefined && head.trial.version !== trial.version) return refuse({ type: 'trialRuns' });
  return ok({ ...head, revision: head.revision + 1, trial });
};

/** Ends a trial whose guard was broken: all orders go to the version in force again. */
export const rollBackTrial = (head: StrategyHead, at: Instant, reason: string): StrategyHead => ({
  ...endTrial(head, at, 'rolledBack', reason),
  revision: head.revision + 1,
});

/**
 * Withdraws a trial that runs; otherwise back to what was active before. A strategy that was never active before goes
 * out of force.
 */
export const rollBack = (head: StrategyHead, at: Instant): Result<StrategyHead, HeadRefusal> => {
  if (head.trial !== undefined)
    return ok({ ...endTrial(head, at, 'withdrawn'), revision: head.revision + 1 });
  const before = head.past.at(-1);
  return before === undefined
    ? refuse({ type: 'nothingBefore' })
    : ok({ ...head, revision: head.revision + 1, active: before, past: head.past.slice(0, -1) });
};
