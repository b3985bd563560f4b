import { answerGraphql, answerProducts, entriesOf, fieldOf } from './answer-stock.ts';
import { LOCATION, type ShopShelf } from './shop-shelf.ts';
import { shopifyLineId } from './shopify-payload.ts';
import type { ShopOrder } from './shop-order.ts';
import type { Told } from './partner-server.ts';

const lastNumber = (path: string): number => Number(/(\d+)(?!.*\d)/.exec(path)?.[1] ?? 1);

type Call = Pick<Told, 'channel' | 'method' | 'path' | 'body'>;

/**
 * What the channels' own APIs answer, as far as our adapters read it: the stock on their shelves, and Shopify's
 * fulfilment orders of the orders that were `sold` there, less what has been fulfilled.
 */
export const makeChannelAnswers = (
  soldAs: (shopifyOrderId: string) => ShopOrder | undefined,
  shelves: Readonly<Record<'shopify' | 'woocommerce', ShopShelf>>,
) => {
  const fulfilled = new Map<string, number>();

  const answerWooCommerce = ({ path, body }: Call): unknown =>
    path.includes('/products')
      ? answerProducts(shelves.woocommerce, path, body)
      : { id: lastNumber(path), ...(body as object | undefined) };

  const linesOf = ({ number, lines }: ShopOrder) =>
    lines.map(({ quantity }, index) => {
      const lineId = shopifyLineId(number, index);
      const left = quantity - (fulfilled.get(`1${lineId}`) ?? 0);
      return { id: `1${lineId}`, line_item_id: lineId, quantity, fulfillable_quantity: left };
    });

  /** An order that was not sold here (replayed from a file) has nothing left to fulfil. */
  const fulfilmentOrders = (orderId: string): unknown => {
    const order = soldAs(orderId);
    const nothing = { id: `2${orderId}`, line_item_id: orderId, quantity: 1, fulfillable_quantity: 0 };
    const lines = order === undefined ? [nothing] : linesOf(order);
    const status = lines.every((line) => line.fulfillable_quantity === 0) ? 'closed' : 'open';
    return {
      fulfillment_orders: [{ id: `1${orderId}`, status, assigned_location_id: LOCATION, line_items: lines }],
    };
  };

  const fulfil = (body: unknown): unknown => {
    const byOrder = fieldOf(fieldOf(body, 'fulfillment'), 'line_items_by_fulfillment_order');
    for (const order of entriesOf(byOrder)) {
      for (const line of entriesOf(fieldOf(order, 'fulfillment_order_line_items'))) {
        const id = String(fieldOf(line, 'id'));
        fulfilled.set(id, (fulfilled.get(id) ?? 0) + Number(fieldOf(line, 'quantity')));
      }
    }
    return { fulfillment: { id: 1_022_782_888, status: 'success' } };
  };

  return (call: Call): unknown => {
    if (call.channel === 'woocommerce') return answerWooCommerce(call);
    const { path, body } = call;
    const [, orderId] = /\/orders\/(\d+)\/fulfillment_orders\.json$/.exec(path) ?? [];
    if (orderId !== undefined) return fulfilmentOrders(orderId);
    if (path.endsWith('/graphql.json')) return answerGraphql(shelves.shopify, body);
    if (path.endsWith('/fulfillments.json')) return fulfil(body);
    return {};
  };
};
