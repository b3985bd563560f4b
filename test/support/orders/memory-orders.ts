import { priorityRank } from '../../../shared/kernel/order-priority.ts';
import type { Fact } from '../../../shared/contracts/events/fact.ts';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { matches } from '../../../shared/orders/adapters/dynamo-order-queries.ts';
import { toFact } from '../../../shared/orders/adapters/order-facts.ts';
import type { OrderQueries, OrderStore, StatedOrder } from '../../../shared/orders/application/ports.ts';
import { summaryOf } from '../../../shared/orders/application/read-orders.ts';
import { unitsIn } from '../../../shared/orders/domain/move-units.ts';
import type { Order } from '../../../shared/orders/domain/order.ts';
import { phaseOf } from '../../../shared/orders/domain/status.ts';

type Told = { readonly orderId: OrderId; readonly version: number; readonly at: string; readonly fact: Fact };

/** Orders in memory; passes the suite of the table's adapter. `pause` lets other callers in between. */
export const makeMemoryOrders = (pause: () => Promise<void> = async () => {}) => {
  const orders = new Map<OrderId, Order>();
  const words = new Map<OrderId, StatedOrder>();
  const claims = new Map<string, string>();
  const told: Told[] = [];
  const sortKey = (order: Order) => `${order.placedAt}#${order.orderId}`;
  const newestFirst = () => [...orders.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? 1 : -1));
  const startOf = (cursor: string | undefined) =>
    cursor === undefined
      ? ok(0)
      : /^\d+$/.test(cursor)
        ? ok(Number(cursor))
        : refuse({ type: 'notACursor' } as const);

  const store: OrderStore = {
    find: async (orderId) => {
      await pause();
      return orders.get(orderId);
    },
    findWithStated: async (orderId) => {
      await pause();
      const order = orders.get(orderId);
      const stated = words.get(orderId);
      return order && stated && { order, stated };
    },
    write: async ({ before, after, facts, stated, claim }) => {
      await pause();
      if (claim && (claims.get(claim.key) ?? claim.bodyHash) !== claim.bodyHash)
        return refuse({ type: 'keyReused' });
      if (orders.get(after.orderId)?.version !== before?.version) return refuse({ type: 'stale' });
      orders.set(after.orderId, after);
      if (stated) words.set(after.orderId, stated);
      if (claim) claims.set(claim.key, claim.bodyHash);
      const { orderId, version, updatedAt: at } = after;
      told.push(...facts.map((fact) => ({ orderId, version, at, fact: toFact(after, fact) })));
      return ok(after);
    },
    keepClaim: async (claim) => {
      if ((claims.get(claim.key) ?? claim.bodyHash) !== claim.bodyHash) return refuse({ type: 'keyReused' });
      claims.set(claim.key, claim.bodyHash);
      return ok(claim);
    },
  };

  const queries: OrderQueries = {
    list: async (filter, { limit, cursor }) => {
      const start = startOf(cursor);
      if (!start.ok) return start;
      const all = newestFirst()
        .map(summaryOf)
        .filter((summary) => matches(filter, summary))
        .filter(({ placedAt }) => placedAt >= (filter.from ?? '') && placedAt <= (filter.to ?? '~'));
      const end = start.value + limit;
      return ok({ items: all.slice(start.value, end), cursor: end < all.length ? String(end) : undefined });
    },
    findHistory: async (orderId) => {
      const order = orders.get(orderId);
      const stated = words.get(orderId);
      const timeline = told
        .filter((each) => each.orderId === orderId)
        .map(({ at, version, fact }) => ({ at, version, type: fact.detailType, data: fact.data }));
      return order && stated && { order, stated, timeline };
    },
    findShipping: async (orderId) => {
      const stated = words.get(orderId)?.order;
      return stated && { shipTo: stated.shipTo, shippingService: stated.shippingService };
    },
    listWaitingSince: async (before, limit) =>
      newestFirst()
        .reverse()
        .filter((order) => phaseOf(order) === 'waiting' && order.updatedAt < before)
        .slice(0, limit)
        .map((order) => order.orderId),
    listBackorders: async (sku, limit) =>
      newestFirst()
        .reverse()
        .filter(
          (order) =>
            unitsIn(
              order.lines.filter((each) => each.sku === sku),
              'backordered',
            ) > 0,
        )
        .sort((one, other) => priorityRank(one.priority) - priorityRank(other.priority))
        .slice(0, limit)
        .map((order) => order.orderId),
    listEndingBackorders: async (at, limit) =>
      [...orders.values()]
        .filter((order) => unitsIn(order.lines, 'backordered') > 0 && (order.backordersEnd ?? '~') <= at)
        .sort((a, b) => ((a.backordersEnd ?? '') < (b.backordersEnd ?? '') ? -1 : 1))
        .slice(0, limit)
        .map((order) => order.orderId),
    listAll: async ({ limit, cursor }) => {
      const start = startOf(cursor);
      if (!start.ok) return start;
      const end = start.value + limit;
      const cut = [...orders.values()].slice(start.value, end);
      return ok({ items: cut, cursor: end < orders.size ? String(end) : undefined });
    },
  };

  return { store, queries, told, orders };
};
