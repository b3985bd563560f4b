import type { NodeId, Sku } from '../../kernel/ids.ts';
import { ok } from '../../kernel/result.ts';
import { unitsIn } from '../domain/move-units.ts';
import type { Order } from '../domain/order.ts';
import { reopenBackorder } from '../domain/reopen-backorder.ts';
import { changeOrder } from './change-order.ts';
import type { Clock, OrderQueries, OrderStore } from './ports.ts';

/** A position of stock after a change; `previousAvailable` is null for a new one. */
export type StockRise = {
  readonly sku: Sku;
  readonly nodeId: NodeId;
  readonly available: number;
  readonly previousAvailable: number | null;
};

/** One event serves at most this many orders: it has to end within the time of a Lambda. */
const ORDERS_PER_RISE = 200;
/** Some of the oldest may take nothing from this node. */
const SPARE = 20;

const backorderedOf = (order: Order, sku: Sku): number =>
  unitsIn(
    order.lines.filter((line) => line.sku === sku),
    'backordered',
  );

/**
 * Opens backorders of the SKU, by priority and then oldest first, for as many units as have become available: units that were there before
 * did not help these orders. Answers how many units were opened. What the routing cannot reserve is backordered again.
 */
export const makeRetryBackorders =
  (deps: { readonly store: OrderStore; readonly queries: OrderQueries; readonly now: Clock }) =>
  async (rise: StockRise): Promise<number> => {
    const risen = rise.available - (rise.previousAvailable ?? 0);
    let left = Math.max(0, risen);
    if (left === 0) return 0;
    const waiting = await deps.queries.listBackorders(rise.sku, Math.min(left + SPARE, ORDERS_PER_RISE));
    for (const orderId of waiting) {
      if (left === 0) break;
      let opened = 0;
      const units = left;
      await changeOrder(deps.store, orderId, (order) => {
        const decided = reopenBackorder(order, { sku: rise.sku, nodeId: rise.nodeId, units }, deps.now());
        opened = backorderedOf(order, rise.sku) - backorderedOf(decided.order, rise.sku);
        return ok(decided);
      });
      left -= Math.min(left, opened);
    }
    return Math.max(0, risen) - left;
  };
