import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { checkStrategy } from '../domain/strategy/check-strategy.ts';
import type { StrategyFault } from '../domain/strategy/strategy-fault.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import {
  activateVersion,
  addVersion,
  newHead,
  rollBack,
  startTrial,
  type HeadRefusal,
  type StrategyHead,
} from '../domain/strategy/strategy-head.ts';
import type { Trial } from '../domain/strategy/trial.ts';
import type { StrategyStore } from './ports.ts';

type Deps = { readonly strategies: StrategyStore };
type TimedDeps = Deps & { readonly now: () => Instant };
type Changed = { readonly type: 'changedMeanwhile' };
type NotFound = { readonly type: 'notFound' };
export type DraftRefusal =
  Changed | { readonly type: 'contradicts'; readonly faults: readonly StrategyFault[] };
export type ActivationRefusal =
  | HeadRefusal
  | NotFound
  | Changed
  | { readonly type: 'sameOrders'; readonly strategyId: string }
  /** A version on trial is for other orders than the one in force: they could not be compared. */
  | { readonly type: 'otherOrders' };

/** Stores a new version of a strategy. It is not in force before it is activated, and never changes afterwards. */
export const makeDraftStrategy =
  ({ strategies }: Deps) =>
  async (
    strategyId: string,
    draft: Omit<Strategy, 'strategyId' | 'version'>,
  ): Promise<Result<Strategy, DraftRefusal>> => {
    const head = addVersion((await strategies.findHead(strategyId)) ?? newHead(strategyId));
    const strategy = { ...draft, strategyId, version: head.latest };
    const faults = checkStrategy(strategy);
    if (faults.length > 0) return refuse({ type: 'contradicts', faults });
    return (await strategies.save(head, strategy)) ? ok(strategy) : refuse({ type: 'changedMeanwhile' });
  };

const isForSameOrders = (one: Strategy, other: Strategy): boolean =>
  canonicalJson(one.appliesTo) === canonicalJson(other.appliesTo);

const saveHead = async (
  { strategies }: Deps,
  head: Result<StrategyHead, HeadRefusal>,
): Promise<Result<StrategyHead, ActivationRefusal>> => {
  if (!head.ok) return head;
  return (await strategies.save(head.value)) ? ok(head.value) : refuse({ type: 'changedMeanwhile' });
};

/** Puts a version in force. Refused while another active strategy is for exactly the same orders. */
export const makeActivateStrategy =
  (deps: TimedDeps) =>
  async (strategyId: string, version: number): Promise<Result<StrategyHead, ActivationRefusal>> => {
    const [head, strategy, active] = await Promise.all([
      deps.strategies.findHead(strategyId),
      deps.strategies.findVersion(strategyId, version),
      deps.strategies.listInForce(),
    ]);
    if (head === undefined) return refuse({ type: 'notFound' });
    if (strategy === undefined) return refuse({ type: 'noSuchVersion' });
    const rival = active.find(
      ({ strategy: other }) => other.strategyId !== strategyId && isForSameOrders(other, strategy),
    );
    if (rival !== undefined) return refuse({ type: 'sameOrders', strategyId: rival.strategy.strategyId });
    return saveHead(deps, activateVersion(head, version, deps.now()));
  };

/** Lets a version decide a share of the orders beside the one in force, under a guard. */
export const makeTryStrategy =
  (deps: TimedDeps) =>
  async (
    strategyId: string,
    terms: Omit<Trial, 'since'>,
  ): Promise<Result<StrategyHead, ActivationRefusal>> => {
    const head = await deps.strategies.findHead(strategyId);
    if (head === undefined) return refuse({ type: 'notFound' });
    const started = startTrial(head, { ...terms, since: deps.now() });
    if (!started.ok) return started;
    const [inForce, tried] = await Promise.all(
      [head.active ?? 0, terms.version].map(async (version) =>
        deps.strategies.findVersion(strategyId, version),
      ),
    );
    if (inForce === undefined || tried === undefined) return refuse({ type: 'noSuchVersion' });
    return isForSameOrders(inForce, tried) ? saveHead(deps, started) : refuse({ type: 'otherOrders' });
  };

/** Withdraws a trial; without one, back to the version that was in force before. */
export const makeRollBackStrategy =
  (deps: TimedDeps) =>
  async (strategyId: string): Promise<Result<StrategyHead, ActivationRefusal>> => {
    const head = await deps.strategies.findHead(strategyId);
    return head === undefined ? refuse({ type: 'notFound' }) : saveHead(deps, rollBack(head, deps.now()));
  };
