import type { ChannelApi, Connection } from '../../application/ports.ts';
import { below, callChannel, type Fetch } from '../call-channel.ts';

/** `ck_…:cs_…` as WooCommerce issues them, over HTTP basic authentication. */
const headersOf = ({ accessToken }: Connection): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Basic ${Buffer.from(accessToken).toString('base64')}` };

/**
 * WooCommerce's REST API, as far as we tell it things. A shipment is a field of the order under its own key: saying it
 * twice leaves one.
 */
export const makeWooCommerceApi = (fetching: Fetch): ChannelApi => ({
  tellShipment: (connection, { channelOrderId, fulfilmentOrderId, lines, tracking }) =>
    callChannel(
      fetching,
      'PUT',
      below(connection.apiUrl, `/wp-json/wc/v3/orders/${encodeURIComponent(channelOrderId)}`),
      headersOf(connection),
      {
        meta_data: [
          {
            key: `_switchyard_shipment_${fulfilmentOrderId}`,
            value: {
              line_items: lines.map(({ lineId, quantity }) => ({ id: lineId, quantity })),
              ...(tracking && {
                tracking_provider: tracking.carrier,
                tracking_number: tracking.number,
                tracking_link: tracking.url,
              }),
            },
          },
        ],
      },
    ),
  tellAvailability: (connection, sku, available) =>
    callChannel(
      fetching,
      'POST',
      below(connection.apiUrl, '/wp-json/wc/v3/products/batch'),
      headersOf(connection),
      { update: [{ sku, manage_stock: true, stock_quantity: available }] },
    ),
});
