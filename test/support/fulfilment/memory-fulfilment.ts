import type { Fact } from '../../../shared/contracts/events/fact.ts';
import { factOfWork } from '../../../shared/fulfilment/application/fact-of-work.ts';
import type {
  FulfilmentOrderStore,
  FulfilmentQueries,
} from '../../../shared/fulfilment/application/ports.ts';
import { viewOfWork } from '../../../shared/fulfilment/application/view-of-work.ts';
import { isOpen, type FulfilmentOrder } from '../../../shared/fulfilment/domain/fulfilment-order.ts';
import type { Waiting } from '../../../shared/fulfilment/domain/workflow-answer.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';

type Change = { readonly work: FulfilmentOrder; readonly waiting: Waiting | undefined };

export type MemoryFulfilment = FulfilmentOrderStore &
  FulfilmentQueries & {
    readonly facts: readonly Fact[];
    /** What the table's stream would bring, in order. */
    readonly changes: readonly Change[];
  };

/** Fulfilment orders in memory, with the facts and the stream of their table. */
export const makeMemoryFulfilment = (): MemoryFulfilment => {
  const stored = new Map<string, Change>();
  const facts: Fact[] = [];
  const changes: Change[] = [];
  const put = (change: Change) => {
    stored.set(change.work.fulfilmentOrderId, change);
    changes.push(change);
  };
  const oldestFirst = (a: FulfilmentOrder, b: FulfilmentOrder) =>
    `${a.requestedAt}#${a.fulfilmentOrderId}` < `${b.requestedAt}#${b.fulfilmentOrderId}` ? -1 : 1;
  return {
    facts,
    changes,
    find: async (id) => stored.get(id)?.work,
    create: async (work) => {
      if (stored.has(work.fulfilmentOrderId)) return 'exists';
      put({ work, waiting: undefined });
      facts.push(factOfWork(work));
      return 'created';
    },
    save: async (work) => {
      const known = stored.get(work.fulfilmentOrderId);
      if (known?.work.version !== work.version - 1) return 'overtaken';
      put({ work, waiting: known.waiting });
      facts.push(factOfWork(work));
      return 'saved';
    },
    leaveToken: async (id, waiting) => {
      const known = stored.get(id);
      if (known === undefined) return undefined;
      put({ work: known.work, waiting });
      return known.work;
    },
    listByOrder: async (orderId) =>
      [...stored.values()]
        .map(({ work }) => work)
        .filter((work) => work.orderId === orderId)
        .sort((a, b) => (a.fulfilmentOrderId < b.fulfilmentOrderId ? -1 : 1))
        .map(viewOfWork),
    listByNode: async ({ nodeId, filter, limit, cursor }) => {
      const start = cursor === undefined ? 0 : Number(cursor);
      if (!Number.isInteger(start)) return refuse({ type: 'notACursor' });
      const matching = [...stored.values()]
        .map(({ work }) => work)
        .filter((work) => work.nodeId === nodeId)
        .filter(({ state }) => (filter === 'open' ? isOpen(state.status) : state.status === filter))
        .sort(oldestFirst);
      const end = start + limit;
      return ok({
        items: matching.slice(start, end),
        cursor: end < matching.length ? String(end) : undefined,
      });
    },
  };
};
