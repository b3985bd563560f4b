import type { ChannelApi, Connection, ShipmentNews, TellOutcome } from '../../application/ports.ts';
import { askChannel, below, callChannel, type Fetch } from '../call-channel.ts';
import { makeIdCache } from '../id-cache.ts';
import { fulfilmentsOf, readExpected, type Fulfilment } from './fulfilment-orders.ts';
import { askForStockIds, type StockIds } from './shopify-stock-ids.ts';

const VERSION = '2025-07';

const headersOf = ({ accessToken }: Connection): Record<string, string> =>
  accessToken === undefined ? {} : { 'x-shopify-access-token': accessToken };
const urlOf = ({ apiUrl }: Connection, path: string): string =>
  below(apiUrl, `/admin/api/${VERSION}/${path}`);

const postFulfilment = (
  fetching: Fetch,
  connection: Connection,
  { tracking }: ShipmentNews,
  fulfilment: Fulfilment,
): Promise<TellOutcome> =>
  callChannel(fetching, {
    method: 'POST',
    url: urlOf(connection, 'fulfillments.json'),
    headers: headersOf(connection),
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
      url: urlOf(connection, path),
      headers: headersOf(connection),
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
 * Shopify's Admin API, as far as we tell it things. It asks for its own ids: of the fulfilment orders of an order (read
 * for each shipment, since they change with it) and of stock (remembered). A SKU that the shop does not sell is not told.
 */
export const makeShopifyApi = (fetching: Fetch): ChannelApi => {
  const ids = makeIdCache<StockIds>();
  return {
    tellShipment: tellShipment(fetching),
    tellAvailability: async (connection, sku, available) => {
      const key = `${connection.apiUrl} ${connection.locationId} ${sku}`;
      const headers = headersOf(connection);
      const known = await ids.find(key, () =>
        askForStockIds(fetching, urlOf(connection, 'graphql.json'), headers, connection, sku),
      );
      if (known.type === 'refused') return known;
      if (known.type === 'absent') return { type: 'said' };
      const { inventoryItemId: inventory_item_id, locationId: location_id } = known.id;
      const outcome = await callChannel(fetching, {
        method: 'POST',
        url: urlOf(connection, 'inventory_levels/set.json'),
        headers,
        body: { location_id, inventory_item_id, available },
      });
      if (outcome.type === 'refused') ids.forget(key);
      return outcome;
    },
  };
};
