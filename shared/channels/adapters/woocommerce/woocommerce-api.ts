import type { Sku } from '../../../kernel/ids.ts';
import type { ChannelApi, Connection } from '../../application/ports.ts';
import { askChannel, below, callChannel, type Fetch } from '../call-channel.ts';
import { makeIdCache, type LookedUp } from '../id-cache.ts';
import { idOf, listOf } from '../reading/fields.ts';

/** `ck_…:cs_…` as WooCommerce issues them, over HTTP basic authentication. */
const headersOf = ({ accessToken }: Connection): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Basic ${Buffer.from(accessToken).toString('base64')}` };
const urlOf = ({ apiUrl }: Connection, path: string): string => below(apiUrl, `/wp-json/wc/v3/${path}`);

/** Where the SKU's stock is: a variation lies below its product. */
const askForPath = async (fetching: Fetch, connection: Connection, sku: Sku): Promise<LookedUp<string>> => {
  const answer = await askChannel(fetching, {
    method: 'GET',
    url: urlOf(connection, `products?sku=${encodeURIComponent(sku)}&_fields=id,parent_id,sku`),
    headers: headersOf(connection),
  });
  if (answer.type === 'refused') return answer;
  const product = listOf(answer.body).find((each) => each['sku'] === sku);
  const id = idOf(product?.['id']);
  const parentId = idOf(product?.['parent_id']);
  if (id === undefined) return { type: 'absent' };
  const path = parentId === undefined ? `products/${id}` : `products/${parentId}/variations/${id}`;
  return { type: 'found', id: path };
};

/**
 * WooCommerce's REST API, as far as we tell it things. A shipment is a field of the order under its own key: saying it
 * twice leaves one. Stock is addressed by the id of its product or variation, which is looked up once and remembered; a
 * SKU that the shop does not sell is not told.
 */
export const makeWooCommerceApi = (fetching: Fetch): ChannelApi => {
  const paths = makeIdCache<string>();
  return {
    tellShipment: (connection, { channelOrderId, fulfilmentOrderId, lines, tracking }) =>
      callChannel(fetching, {
        method: 'PUT',
        url: urlOf(connection, `orders/${encodeURIComponent(channelOrderId)}`),
        headers: headersOf(connection),
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
    tellAvailability: async (connection, sku, available) => {
      const key = `${connection.apiUrl} ${sku}`;
      const known = await paths.find(key, () => askForPath(fetching, connection, sku));
      if (known.type === 'refused') return known;
      if (known.type === 'absent') return { type: 'said' };
      const outcome = await callChannel(fetching, {
        method: 'PUT',
        url: urlOf(connection, known.id),
        headers: headersOf(connection),
        body: { manage_stock: true, stock_quantity: available },
      });
      if (outcome.type === 'refused') paths.forget(key);
      return outcome;
    },
  };
};
