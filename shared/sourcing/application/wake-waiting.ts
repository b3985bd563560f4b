import type { SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import { instantOf, type Instant } from '../../kernel/instant.ts';
import type { OrderId } from '../../kernel/ids.ts';
import { isSnoozedAt } from '../../network/index.ts';
import { capacityDayOf, roomUnder, type Load } from '../domain/capacity/load.ts';
import type { DecisionInputs } from '../domain/decision-inputs.ts';
import type { Decision } from '../domain/decision-record.ts';
import { nodesWaitedFor } from '../domain/nodes-waited-for.ts';
import { offeredNodeAt } from './offered-node.ts';
import type { SourcingView } from './ports.ts';
import { dayKey } from './recent-loads.ts';

/** An order some units of which a node could ship, once its day has room or it is awake. */
export type NodeWaiter = {
  readonly nodeId: string;
  readonly orderId: OrderId;
  readonly priority?: string | undefined;
  readonly lines: SourcingRequest['lines'];
  readonly since: Instant;
  /** Not looked at before. */
  readonly from: Instant;
};

export type NodeWaiters = {
  /** Once an order and node; the last word counts. */
  readonly add: (waiter: NodeWaiter) => Promise<void>;
  /** By priority and then by age, at most `limit`. */
  readonly list: (limit: number) => Promise<readonly NodeWaiter[]>;
  /** Takes it off and tells of it, once. */
  readonly wake: (waiter: NodeWaiter, at: Instant) => Promise<void>;
};

/** An order that was looked for again and found nothing is looked for again after this long: no loop is tighter. */
const AGAIN_AFTER_MS = 5 * 60_000;
const WAITERS_A_RUN = 1_000;
/** Orders that one node is offered in one run at most. */
const ORDERS_A_NODE = 50;

/** Notes for which nodes the missing units wait: called only when some are missing. */
export const makeNoteWaiting =
  (deps: { readonly waiters: Pick<NodeWaiters, 'add'>; readonly now: () => Instant }) =>
  async (request: SourcingRequest, inputs: DecisionInputs, decision: Decision): Promise<void> => {
    if (decision.action === 'queue' || decision.action === 'exception') return;
    const since = deps.now();
    const from = instantOf(Date.parse(since) + (request.revision === 1 ? 0 : AGAIN_AFTER_MS));
    const { orderId, priority, lines } = request;
    for (const nodeId of nodesWaitedFor(inputs, decision))
      await deps.waiters.add({ nodeId, orderId, priority, lines, since, from });
  };

const byNode = (waiters: readonly NodeWaiter[]): ReadonlyMap<string, readonly NodeWaiter[]> => {
  const grouped = new Map<string, NodeWaiter[]>();
  for (const waiter of waiters) grouped.set(waiter.nodeId, [...(grouped.get(waiter.nodeId) ?? []), waiter]);
  return grouped;
};

/**
 * Has orders looked at again that wait for a node which is awake and has room in its day, by priority and then by age,
 * no more of them than there is room for. Answers how many.
 */
export const makeWakeWaiting =
  (deps: {
    readonly waiters: Pick<NodeWaiters, 'list' | 'wake'>;
    readonly view: Pick<SourcingView, 'nodes' | 'loads'>;
    readonly now: () => Instant;
  }) =>
  async (): Promise<number> => {
    const at = deps.now();
    const due = (await deps.waiters.list(WAITERS_A_RUN)).filter(({ from }) => from <= at);
    const nodes = due.length === 0 ? [] : await deps.view.nodes([]);
    let woken = 0;
    for (const [nodeId, waiting] of byNode(due)) {
      const node = nodes.find((known) => known.nodeId === nodeId);
      if (node === undefined || isSnoozedAt(node, at)) continue;
      const day = { nodeId, day: capacityDayOf(offeredNodeAt(node, at, new Set()), at) };
      const taken: Load = (await deps.view.loads([day])).get(dayKey(day)) ?? {
        orders: 0,
        lines: 0,
        units: 0,
      };
      const room = roomUnder(node, taken);
      const most = Math.min(room.lines, room.units) < 1 ? 0 : Math.min(room.orders, ORDERS_A_NODE);
      for (const waiter of waiting.slice(0, Math.max(0, most))) {
        await deps.waiters.wake(waiter, at);
        woken += 1;
      }
    }
    return woken;
  };
