import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../../../console/cli/api-client.ts';
import type { OrderDetail, OrderSummary, PageOf } from '../../../console/cli/api-types.ts';

const ENDS = new Set(['shipped', 'partlyShipped', 'cancelled']);
export const hasEnded = ({ status }: { readonly status: string }): boolean => ENDS.has(status);

const TICK_MS = 1_500;

/** Orders of the demo as they stand, by channel and the channel's id. */
const readOrders = async (api: ApiClient, connection: string): Promise<ReadonlyMap<string, OrderSummary>> => {
  const orders = new Map<string, OrderSummary>();
  for await (const page of api.pages<PageOf<OrderSummary>>('/v1/orders', { limit: 200 }))
    for (const order of page.items)
      if (order.connection === connection) orders.set(`${order.channel} ${order.channelOrderId}`, order);
  return orders;
};

export const readDetail = (api: ApiClient, orderId: string): Promise<OrderDetail> =>
  api.get<OrderDetail>(`/v1/orders/${orderId}`);

/**
 * Watches until every expected order has ended or the patience is over; meanwhile whoever waits for stock is served.
 * `expected` names orders as `readOrders` keys them.
 */
export const followOrders = async (
  api: ApiClient,
  settings: {
    readonly connection: string;
    readonly expected: readonly string[];
    readonly patienceMs: number;
    readonly serve: (order: OrderDetail) => Promise<void>;
    readonly onTick: (orders: ReadonlyMap<string, OrderSummary>) => void;
  },
): Promise<ReadonlyMap<string, OrderSummary>> => {
  const until = Date.now() + settings.patienceMs;
  for (;;) {
    const orders = await readOrders(api, settings.connection);
    settings.onTick(orders);
    const isOver = settings.expected.every((name) => {
      const order = orders.get(name);
      return order !== undefined && hasEnded(order);
    });
    if (isOver || Date.now() > until) return orders;
    for (const { orderId, status } of orders.values()) {
      if (status !== 'backordered') continue;
      await settings.serve(await readDetail(api, orderId));
    }
    await wait(TICK_MS);
  }
};
