import type { OrderId } from '../../kernel/ids.ts';
import { instantOf } from '../../kernel/instant.ts';
import { screenForSourcing } from '../domain/route-order.ts';
import { isLeftAside } from '../domain/set-aside.ts';
import type { Clock, OrderQueries, OrderStore, Workflows } from './ports.ts';

/** Starts the routing of that number; whether there is still something to route is the workflow's first question. */
export const makeStartRouting =
  (deps: { readonly workflows: Workflows }) =>
  (command: {
    readonly orderId: OrderId;
    readonly revision: number;
    readonly reason?: string | undefined;
  }): Promise<void> =>
    deps.workflows.startRouting({ name: `${command.orderId}-${command.revision}`, ...command });

/** The order waited under this routing and has its plan now: a run of its own, since the first one holds the usual name. */
export const makeStartReleased =
  (deps: { readonly workflows: Workflows }) =>
  (command: {
    readonly orderId: OrderId;
    readonly revision: number;
    readonly releaseId: string;
  }): Promise<void> => {
    const moment = command.releaseId.slice(command.releaseId.lastIndexOf('.') + 1);
    return deps.workflows.startRouting({
      name: `${command.orderId}-${command.revision}-released-${moment}`,
      orderId: command.orderId,
      revision: command.revision,
      reason: 'released',
    });
  };

/** Has a routing that came to nothing looked at again, under a name of its own: what it has reserved is released. */
export const makeWithdrawRouting =
  (deps: { readonly workflows: Workflows }) =>
  ({ orderId, revision }: { readonly orderId: OrderId; readonly revision: number }): Promise<void> =>
    deps.workflows.startRouting({
      name: `${orderId}-${revision}-withdrawn`,
      orderId,
      revision,
      reason: 'withdrawn',
    });

/** How often the schedule comes round. */
const EVERY_MS = 5 * 60_000;
/** Units that nobody has sourced for this long were forgotten: their workflow has failed or was never started. */
const STUCK_AFTER_MS = 10 * 60_000;
const ORDERS_PER_RUN = 200;

/**
 * Starts the routing anew of orders that wait for one too long, under a name of this run, since the first execution
 * holds the usual one. The reservation's id is that of the first attempt, so a claim it has made is found, not made
 * twice. Answers with the orders started.
 */
export const makeRestartStuckOrders =
  (deps: {
    readonly store: OrderStore;
    readonly queries: OrderQueries;
    readonly workflows: Workflows;
    readonly now: Clock;
  }) =>
  async (): Promise<readonly OrderId[]> => {
    const now = Date.parse(deps.now());
    const waiting = await deps.queries.listWaitingSince(instantOf(now - STUCK_AFTER_MS), ORDERS_PER_RUN);
    const restarted: OrderId[] = [];
    for (const orderId of waiting) {
      const order = await deps.store.find(orderId);
      if (order === undefined || isLeftAside(order, instantOf(now), EVERY_MS)) continue;
      if (screenForSourcing(order, order.revision).outcome !== 'ready') continue;
      await deps.workflows.startRouting({
        name: `${orderId}-${order.revision}-${now}`,
        orderId,
        revision: order.revision,
        reason: 'stuck',
      });
      restarted.push(orderId);
    }
    return restarted;
  };
