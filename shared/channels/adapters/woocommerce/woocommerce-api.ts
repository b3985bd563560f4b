import type { ChannelApi } from '../../application/ports.ts';
import { callChannel, type Fetch } from '../call-channel.ts';
import { wooCommerceHeaders, wooCommerceUrl } from './woocommerce-address.ts';

/**
 * WooCommerce's REST API, as far as we tell it of orders. A shipment is a field of the order under its own key: saying
 * it twice leaves one.
 */
export const makeWooCommerceApi = (fetching: Fetch): ChannelApi => ({
  tellShipment: (connection, { channelOrderId, fulfilmentOrderId, lines, tracking }) =>
    callChannel(fetching, {
      method: 'PUT',
      url: wooCommerceUrl(connection, `orders/${encodeURIComponent(channelOrderId)}`),
      headers: wooCommerceHeaders(connection),
      body: {
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
    }),
});
