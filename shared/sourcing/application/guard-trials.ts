import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { judgeTrial, type Standing } from '../domain/strategy/judge-trial.ts';
import { rollBackTrial, type StrategyHead } from '../domain/strategy/strategy-head.ts';
import type { Trial } from '../domain/strategy/trial.ts';
import type { StrategyStore } from './ports.ts';
import type { DemandSamples } from './value-stock-ahead.ts';

type Deps = {
  readonly strategies: StrategyStore;
  readonly samples: Pick<DemandSamples, 'newest'>;
  readonly now: () => Instant;
};

export type TrialStanding = Standing & {
  readonly strategyId: string;
  readonly active: number;
  readonly trial: Trial;
};

/** Orders looked at: the newest since the trial began. */
const MOST_ORDERS = 20_000;

const standingOf = async (
  { samples, now }: Deps,
  { strategyId, active, trial }: StrategyHead,
): Promise<TrialStanding | undefined> => {
  if (trial === undefined || active === null) return undefined;
  const since = (await samples.newest(MOST_ORDERS, trial.since, now())).filter(
    ({ strategy }) => strategy.strategyId === strategyId,
  );
  const decidedBy = (version: number) => since.filter(({ strategy }) => strategy.version === version);
  return {
    strategyId,
    active,
    trial,
    ...judgeTrial(trial.guard, decidedBy(active), decidedBy(trial.version)),
  };
};

/** How the version on trial fares beside the one in force. */
export const makeReadTrial =
  (deps: Deps) =>
  async (strategyId: string): Promise<Result<TrialStanding, { readonly type: 'noTrial' }>> => {
    const head = await deps.strategies.findHead(strategyId);
    const standing = head && (await standingOf(deps, head));
    return standing === undefined ? refuse({ type: 'noTrial' }) : ok(standing);
  };

const reasonOf = ({ metric, inForce, onTrial }: Standing): string =>
  `${metric} ${onTrial.mean.toPrecision(4)} over ${onTrial.orders} orders, against ${inForce.mean.toPrecision(4)} over ${inForce.orders}`;

/**
 * Withdraws every version on trial whose guard is broken, and says which. A head that somebody has changed meanwhile
 * is looked at again the next time.
 */
export const makeGuardTrials =
  (deps: Deps & { readonly onRollBack: (standing: TrialStanding, reason: string) => void }) =>
  async (): Promise<readonly TrialStanding[]> => {
    const withdrawn: TrialStanding[] = [];
    for (const head of await deps.strategies.listHeads()) {
      const standing = await standingOf(deps, head);
      if (standing?.verdict !== 'worse') continue;
      const reason = reasonOf(standing);
      if (!(await deps.strategies.save(rollBackTrial(head, deps.now(), reason)))) continue;
      deps.onRollBack(standing, reason);
      withdrawn.push(standing);
    }
    return withdrawn;
  };
