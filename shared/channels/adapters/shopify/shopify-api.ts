import type { ChannelApi, Connection } from '../../application/ports.ts';
import { below, callChannel, type Fetch } from '../call-channel.ts';

const VERSION = '2025-07';

const headersOf = ({ accessToken }: Connection): Record<string, string> =>
  accessToken === undefined ? {} : { 'x-shopify-access-token': accessToken };

/** Shopify's Admin API, as far as we tell it things. An answer that it is fulfilled already (422) is as good as told. */
export const makeShopifyApi = (fetching: Fetch): ChannelApi => ({
  tellShipment: async (connection, { channelOrderId, fulfilmentOrderId, lines, tracking }) => {
    const outcome = await callChannel(
      fetching,
      'POST',
      below(connection.apiUrl, `/admin/api/${VERSION}/fulfillments.json`),
      { ...headersOf(connection), 'idempotency-key': fulfilmentOrderId },
      {
        fulfillment: {
          order_id: channelOrderId,
          external_id: fulfilmentOrderId,
          notify_customer: true,
          line_items: lines.map(({ lineId, quantity }) => ({ id: lineId, quantity })),
          ...(tracking && {
            tracking_info: { company: tracking.carrier, number: tracking.number, url: tracking.url },
          }),
        },
      },
    );
    return outcome.type === 'refused' && outcome.status === 422 ? { type: 'said' } : outcome;
  },
  tellAvailability: (connection, sku, available) =>
    callChannel(
      fetching,
      'POST',
      below(connection.apiUrl, `/admin/api/${VERSION}/inventory_levels/set.json`),
      headersOf(connection),
      { sku, available },
    ),
});
