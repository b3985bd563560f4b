import type { ChannelApi, Connection, ShipmentNews, TellOutcome } from '../../application/ports.ts';
import { askChannel, callChannel, type Fetch } from '../call-channel.ts';
import { fulfilmentsOf, readExpected, type Fulfilment } from './fulfilment-orders.ts';
import { shopifyHeaders, shopifyUrl } from './shopify-address.ts';

const postFulfilment = (
  fetching: Fetch,
  connection: Connection,
  { tracking }: ShipmentNews,
  fulfilment: Fulfilment,
): Promise<TellOutcome> =>
  callChannel(fetching, {
    method: 'POST',
    url: shopifyUrl(connection, 'fulfillments.json'),
    headers: shopifyHeaders(connection),
    body: {
      fulfillment: {
        notify_customer: true,
        ...(tracking && {
          tracking_info: { company: tracking.carrier, number: tracking.number, url: tracking.url },
        }),
        line_items_by_fulfillment_order: fulfilment,
      },
    },
  });

const tellShipment =
  (fetching: Fetch): ChannelApi['tellShipment'] =>
  async (connection, news) => {
    const path = `orders/${encodeURIComponent(news.channelOrderId)}/fulfillment_orders.json`;
    const answer = await askChannel(fetching, {
      method: 'GET',
      url: shopifyUrl(connection, path),
      headers: shopifyHeaders(connection),
    });
    if (answer.type === 'refused') return answer;
    const expected = readExpected(answer.body);
    // Shopify leaves out what the token may not see: an empty answer is a missing right, not a finished order.
    if (expected.length === 0) return { type: 'refused', status: 403 };
    for (const fulfilment of fulfilmentsOf(expected, news.lines)) {
      const outcome = await postFulfilment(fetching, connection, news, fulfilment);
      if (outcome.type === 'refused') return outcome;
    }
    return { type: 'said' };
  };

/**
 * Shopify's Admin API, as far as we tell it of orders. It asks for the ids of an order's fulfilment orders for each
 * shipment, since they change with it.
 */
export const makeShopifyApi = (fetching: Fetch): ChannelApi => ({ tellShipment: tellShipment(fetching) });
