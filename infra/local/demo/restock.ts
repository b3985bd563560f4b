import type { ApiClient } from '../../../console/cli/api-client.ts';
import type { OrderDetail } from '../../../console/cli/api-types.ts';
import { keepersOf } from './stock-plan.ts';
import type { DemoItem } from './catalogue.ts';

/** Time that routing gets to use a receipt before the buyer sends more, ms. */
const PATIENCE_MS = 6_000;

/** Where more of an item can be sent for an order: a node that keeps it in depth and has not refused this order. */
const restockNodeFor = (order: OrderDetail, item: DemoItem): string | undefined => {
  const refused = new Set<string>(
    order.fulfilmentOrders.filter(({ status }) => status !== 'shipped').map(({ nodeId }) => nodeId),
  );
  const elsewhere = ['DC-CENTRAL', 'DC-EAST', 'DC-WEST', '3PL-ATLANTA', '3PL-DALLAS'];
  return [...keepersOf(item), ...elsewhere].find((nodeId) => !refused.has(nodeId));
};

/** A buyer who sends what backorders wait for. */
export const makeBuyer = (api: ApiClient, items: readonly DemoItem[]) => {
  const catalogue = new Map(items.map((item) => [item.sku, item]));
  const sentAt = new Map<string, number>();
  let receipts = 0;

  const serve = async (order: OrderDetail): Promise<void> => {
    for (const { lineId, sku, counters } of order.lines) {
      const item = catalogue.get(sku);
      const isWaiting = `${order.orderId} ${lineId}`;
      if (item === undefined || counters.backordered === 0) continue;
      if (Date.now() - (sentAt.get(isWaiting) ?? 0) < PATIENCE_MS) continue;
      const nodeId = restockNodeFor(order, item);
      if (nodeId === undefined) continue;
      sentAt.set(isWaiting, Date.now());
      receipts += 1;
      await api.call({
        method: 'POST',
        path: `/v1/stock/${encodeURIComponent(sku)}/${nodeId}/receipts`,
        body: {
          key: `buyer-${receipts}-${Date.now()}`,
          quantity: counters.backordered,
          document: order.orderId,
        },
        repeatable: true,
      });
    }
  };
  return { serve, receipts: () => receipts };
};
