import { isOrderId } from '../../shared/kernel/ids.ts';
import type { ApiClient } from './api-client.ts';
import type { OrderDetail, OrderSummary, PageOf } from './api-types.ts';
import { UsageError } from './failures.ts';

/** A channel's number is looked for among this many newest orders. */
const NEWEST = 10_000;

const isNamed = (order: OrderSummary, name: string): boolean =>
  order.channelOrderId === name || order.channelOrderNumber?.replace(/^#/, '') === name.replace(/^#/, '');

/** The id of the order that a person means: our own id, or the id or number it has at its channel. */
export const findOrderId = async (api: ApiClient, name: string): Promise<string> => {
  if (isOrderId(name)) return name;
  if (name.startsWith('ord_'))
    throw new UsageError(`${name} is not an order id: ord_ and 26 letters or digits`);
  const matches: OrderSummary[] = [];
  let seen = 0;
  for await (const page of api.pages<PageOf<OrderSummary>>('/v1/orders', { limit: 200 })) {
    matches.push(...page.items.filter((order) => isNamed(order, name)));
    seen += page.items.length;
    if (seen >= NEWEST) break;
  }
  const [first, ...others] = matches;
  if (first === undefined)
    throw new Error(
      `no order with the number or channel id ${name} among the newest ${seen}: use its ord_… id`,
    );
  if (others.length > 0)
    throw new Error(
      `${name} is the number of ${matches.length} orders: ${matches.map(({ orderId, channel, connection }) => `${orderId} (${channel}/${connection})`).join(', ')}`,
    );
  return first.orderId;
};

export const readOrder = async (api: ApiClient, name: string): Promise<OrderDetail> =>
  api.get<OrderDetail>(`/v1/orders/${await findOrderId(api, name)}`);
