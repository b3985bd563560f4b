import { instantOf, type Instant } from '../../kernel/instant.ts';
import { releaseModeOf, windowStart } from '../domain/release/release-mode.ts';
import type { StrategyStore } from './ports.ts';
import type { Release, ReleaseBook, ReleaseQueue } from './release-ports.ts';

/** Who waits under one strategy, and when they are released. */
export type Gathering = {
  readonly strategyId: string;
  readonly windowMinutes: number;
  readonly nextAt: Instant;
  readonly waiting: number;
  readonly since?: Instant | undefined;
  readonly last?: Release | undefined;
};

const MINUTE_MS = 60_000;
/** More are not counted. */
const MOST_COUNTED = 2_000;

export const makeListGatherings = (deps: {
  readonly strategies: Pick<StrategyStore, 'listInForce'>;
  readonly queue: Pick<ReleaseQueue, 'list'>;
  readonly releases: Pick<ReleaseBook, 'list'>;
  readonly now: () => Instant;
}) => {
  return async (): Promise<readonly Gathering[]> => {
    const gatherings: Gathering[] = [];
    for (const { strategy } of await deps.strategies.listInForce()) {
      const mode = releaseModeOf(strategy);
      if (mode === undefined) continue;
      const { strategyId } = strategy;
      const [waiting, [last]] = await Promise.all([
        deps.queue.list(strategyId, MOST_COUNTED),
        deps.releases.list(strategyId, 1),
      ]);
      const [since] = waiting.map((order) => order.since).sort();
      const next = windowStart(mode, Date.parse(deps.now())) + mode.windowMinutes * MINUTE_MS;
      gatherings.push({
        strategyId,
        windowMinutes: mode.windowMinutes,
        nextAt: instantOf(next),
        waiting: waiting.length,
        ...(since === undefined ? {} : { since }),
        ...(last === undefined ? {} : { last }),
      });
    }
    return gatherings;
  };
};
