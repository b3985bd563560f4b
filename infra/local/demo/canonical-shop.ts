import type { ApiClient } from '../../../console/cli/api-client.ts';
import { discountOf, lineTotal, totalsOf, type ShopOrder } from '../partners/shop-order.ts';

const API_CHANNEL = 'api';

type Shop = {
  readonly place: (order: ShopOrder) => Promise<void>;
  readonly cancel: (order: ShopOrder) => Promise<void>;
};

/** An order as a partner without a channel of its own would place it: in the words of this house. */
const canonicalOrderOf = (order: ShopOrder, connection: string) => {
  const { goods, tax, taxes, grand } = totalsOf(order);
  return {
    channel: API_CHANNEL,
    connection,
    channelOrderId: `A-${order.number}`,
    channelOrderNumber: `A-${order.number}`,
    channelVersion: order.placedAt.getTime(),
    placedAt: order.placedAt.toISOString(),
    currency: 'USD',
    shipTo: { ...order.shipTo, name: `Customer ${order.customer}`, country: 'US' },
    lines: order.lines.map((line, index) => ({
      lineId: String(index + 1),
      sku: line.sku,
      title: line.title,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discount: discountOf(order, index),
      tax: taxes[index] ?? 0,
      total: lineTotal(order, line, index),
    })),
    totals: { goods, discount: order.discount, shipping: order.shipping, tax, grand },
  };
};

/** Places and cancels over /v1/orders, idempotently. */
export const makeCanonicalShop = (api: ApiClient, connection: string): Shop => {
  const ids = new Map<number, string>();
  return {
    place: async (order) => {
      const body = canonicalOrderOf(order, connection);
      const { body: placed } = await api.call<{ orderId: string }>({
        method: 'POST',
        path: '/v1/orders',
        body,
        headers: { 'idempotency-key': `${connection}-${body.channelOrderId}` },
        repeatable: true,
      });
      ids.set(order.number, placed.orderId);
    },
    cancel: async (order) => {
      const orderId = ids.get(order.number);
      if (orderId === undefined) return;
      const path = `/v1/orders/${orderId}/cancellation`;
      await api.call({ method: 'POST', path, body: { reason: 'customer' }, repeatable: true });
    },
  };
};
