import type { OrderId } from '../../kernel/ids.ts';
import { ok } from '../../kernel/result.ts';
import { endBackorders } from '../domain/end-backorders.ts';
import { changeOrder } from './change-order.ts';
import type { Clock, OrderQueries, OrderStore } from './ports.ts';

/** One run ends this many; those that are left are first in the next. */
const ORDERS_PER_RUN = 500;

/**
 * Cancels what has been backordered for as long as its strategy lets it, order by order; twice has the effect of once.
 * Answers with the orders of which units were cancelled.
 */
export const makeEndBackorders =
  (deps: { readonly store: OrderStore; readonly queries: OrderQueries; readonly now: Clock }) =>
  async (): Promise<readonly OrderId[]> => {
    const ended: OrderId[] = [];
    for (const orderId of await deps.queries.listEndingBackorders(deps.now(), ORDERS_PER_RUN)) {
      let isEnded = false;
      await changeOrder<never>(deps.store, orderId, (order) => {
        const decided = endBackorders(order, deps.now());
        isEnded = decided.changed;
        return ok(decided);
      });
      if (isEnded) ended.push(orderId);
    }
    return ended;
  };
