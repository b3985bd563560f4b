import { ok, refuse, type Result } from '../../../kernel/result.ts';

/** Which version of a strategy is in force, and which were before: the only thing about a strategy that changes. */
export type StrategyHead = {
  readonly strategyId: string;
  /** Grows with every stored change. */
  readonly revision: number;
  readonly latest: number;
  readonly active: number | null;
  /** What was active before, oldest first; null: nothing was. */
  readonly past: readonly (number | null)[];
};

export type HeadRefusal = { readonly type: 'noSuchVersion' | 'alreadyActive' | 'nothingBefore' };

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

export const activateVersion = (head: StrategyHead, version: number): Result<StrategyHead, HeadRefusal> => {
  if (version < 1 || version > head.latest) return refuse({ type: 'noSuchVersion' });
  if (version === head.active) return refuse({ type: 'alreadyActive' });
  const past = [...head.past, head.active].slice(-PAST_KEPT);
  return ok({ ...head, revision: head.revision + 1, active: version, past });
};

/** Back to what was active before; a strategy that was never active before goes out of force. */
export const rollBack = (head: StrategyHead): Result<StrategyHead, HeadRefusal> => {
  const before = head.past.at(-1);
  return before === undefined
    ? refuse({ type: 'nothingBefore' })
    : ok({ ...head, revision: head.revision + 1, active: before, past: head.past.slice(0, -1) });
};
