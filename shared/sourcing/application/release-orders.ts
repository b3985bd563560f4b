import { instantOf, type Instant } from '../../kernel/instant.ts';
import type { SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import { plannedLoads } from '../domain/capacity/planned-load.ts';
import { planTogether, type OrderReleased, type OrderToRelease } from '../domain/release/plan-together.ts';
import { releaseModeOf, seedOf, windowStart } from '../domain/release/release-mode.ts';
import { makeGatherInputs } from './gather-inputs.ts';
import { makeKeepDecision, planOf } from './keep-decision.ts';
import type { DecisionLog, Hash, SourcingView, StrategyStore } from './ports.ts';
import type { Release, ReleaseBook, ReleaseQueue, WaitingOrder } from './release-ports.ts';
import { takeSnapshot } from './snapshot-view.ts';

/**
 * Orders that one release plans: with 20 nodes some ten seconds of one processor, so that a release that a person asks
 * for ends within the 29 seconds of an API call. The rest is carried to the next.
 */
const ORDERS_A_RELEASE = 500;
/** Looked at to count who waits. */
const ORDERS_LISTED = 2_000;
/** Order decisions of the search, for each order: what R2 of the benchmarks needs for a gap of some tenths of a percent. */
const WORK_AN_ORDER = 200;
const WRITES_AT_ONCE = 16;
const LEASE_MS = 10 * 60_000;

type Deps = {
  readonly view: SourcingView;
  readonly queue: ReleaseQueue;
  readonly releases: ReleaseBook;
  readonly decisions: DecisionLog;
  readonly now: () => Instant;
  readonly decisionIdOf: (request: SourcingRequest) => string;
  readonly hash: Hash;
};

const withoutReservation = ({ reservationId: _, basketReservationId: __, ...order }: SourcingRequest) =>
  order;

/**
 * Releases the orders of a strategy that have waited since before a moment: reads stock, days and prices once, plans all
 * together, and commits each order's share on its own, if it still waits. Undefined when this release has been run, runs,
 * or has nobody to release. A dry run writes nothing.
 */
export const makeReleaseOrders = (deps: Deps) => {
  const keepDecision = makeKeepDecision(deps);

  const commit = async (order: WaitingOrder, { inputs, decision }: OrderReleased, releaseId: string) => {
    if (decision.action === 'queue') return false;
    const decisionId = await keepDecision(order.request, inputs, decision);
    const loads = plannedLoads(inputs, decision);
    const plan = planOf(decisionId, inputs, decision, order.request, loads.length > 0);
    return deps.queue.release(order, { releaseId, plan, loads }, deps.now());
  };

  const commitAll = async (
    waiting: readonly WaitingOrder[],
    orders: readonly OrderReleased[],
    releaseId: string,
  ): Promise<number> => {
    let released = 0;
    for (let start = 0; start < waiting.length; start += WRITES_AT_ONCE) {
      const written = await Promise.all(
        waiting.slice(start, start + WRITES_AT_ONCE).map(async (order, index) => {
          const own = orders[start + index];
          return own !== undefined && commit(order, own, releaseId);
        }),
      );
      released += written.filter(Boolean).length;
    }
    return released;
  };

  const gatherTogether = async (waiting: readonly WaitingOrder[]): Promise<readonly OrderToRelease[]> => {
    const skus = waiting.flatMap(({ request }) => request.lines.map(({ sku }) => sku));
    const at = deps.now();
    const gatherInputs = makeGatherInputs({ view: await takeSnapshot(deps.view, skus), now: () => at });
    const orders: OrderToRelease[] = [];
    for (const [index, { request }] of waiting.entries())
      orders.push({ id: String(index), inputs: await gatherInputs(withoutReservation(request)) });
    return orders;
  };

  return async (command: {
    readonly strategyId: string;
    readonly releaseId: string;
    readonly waitingSince: Instant;
    readonly dryRun: boolean;
  }): Promise<Release | undefined> => {
    const { strategyId, releaseId, dryRun } = command;
    const due = (await deps.queue.list(strategyId, ORDERS_LISTED)).filter(
      ({ since }) => since < command.waitingSince,
    );
    const waiting = due.slice(0, ORDERS_A_RELEASE);
    if (waiting.length === 0) return undefined;
    const startedAt = deps.now();
    const terms = { releaseId, seed: seedOf(releaseId), work: WORK_AN_ORDER * waiting.length };
    const opened: Release = {
      ...terms,
      strategyId,
      startedAt,
      until: instantOf(Date.parse(startedAt) + LEASE_MS),
      status: 'running',
      orders: waiting.length,
      released: 0,
      kept: 0,
      carried: due.length - waiting.length,
      cost: 0,
      oneByOneCost: 0,
      chosen: 'oneByOne',
    };
    if (!dryRun && !(await deps.releases.open(opened))) return undefined;
    const { orders, ...costs } = planTogether(await gatherTogether(waiting), terms);
    const released = dryRun ? 0 : await commitAll(waiting, orders, releaseId);
    const kept = orders.filter(({ decision }) => decision.action === 'queue').length;
    const done: Release = { ...opened, ...costs, status: 'done', released, kept };
    if (!dryRun) await deps.releases.close(done);
    return done;
  };
};

/** Every strategy that gathers orders, and what is due of each by the clock. */
export const makeReleaseDueOrders = (deps: {
  readonly strategies: Pick<StrategyStore, 'listInForce'>;
  readonly releaseOrders: ReturnType<typeof makeReleaseOrders>;
  readonly now: () => Instant;
}) => {
  return async (): Promise<readonly Release[]> => {
    const now = Date.parse(deps.now());
    const done: Release[] = [];
    for (const { strategy } of await deps.strategies.listInForce()) {
      const mode = releaseModeOf(strategy);
      if (mode === undefined) continue;
      const start = windowStart(mode, now);
      const { strategyId } = strategy;
      const release = await deps.releaseOrders({
        strategyId,
        releaseId: `${strategyId}.${start.toString(36)}`,
        waitingSince: instantOf(start),
        dryRun: false,
      });
      if (release !== undefined) done.push(release);
    }
    return done;
  };
};

/** All who wait under a strategy this moment, by somebody's wish rather than by the clock. */
export const makeReleaseNow =
  (deps: { readonly releaseOrders: ReturnType<typeof makeReleaseOrders>; readonly now: () => Instant }) =>
  (strategyId: string, dryRun: boolean): Promise<Release | undefined> => {
    const now = Date.parse(deps.now());
    return deps.releaseOrders({
      strategyId,
      releaseId: `${strategyId}.${now.toString(36)}`,
      waitingSince: instantOf(now + 1),
      dryRun,
    });
  };
