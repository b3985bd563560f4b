import { ChannelBusy } from '../../application/channel-busy.ts';
import type { Connection } from '../../application/ports.ts';
import { askChannel, type Fetch } from '../call-channel.ts';
import { RefusedCall } from '../refused-call.ts';
import { listOf, objectOf, textOf, type Json, type JsonObject } from '../reading/fields.ts';
import { shopifyHeaders, shopifyUrl } from './shopify-address.ts';

const numberOf = (value: Json): number => Number(textOf(value));

/** Shopify's bucket of cost: what is missing for the call, at the rate at which it fills. Unknown: two seconds. */
const restOf = (body: JsonObject): number => {
  const cost = objectOf(objectOf(body['extensions'])['cost']);
  const bucket = objectOf(cost['throttleStatus']);
  const missing = numberOf(cost['requestedQueryCost']) - numberOf(bucket['currentlyAvailable']);
  const ms = Math.ceil((1_000 * missing) / numberOf(bucket['restoreRate']));
  return Number.isFinite(ms) ? Math.max(500, ms) : 2_000;
};

/**
 * One GraphQL call. Its errors come with 200: throttling is `ChannelBusy`; anything else throws by its code, since a
 * missing right is mended in the shop. Throws `RefusedCall` for a 4xx that does not pass.
 */
export const askShopify = async (
  fetching: Fetch,
  connection: Connection,
  query: string,
  variables: unknown,
): Promise<JsonObject> => {
  const url = shopifyUrl(connection, 'graphql.json');
  const answer = await askChannel(fetching, {
    method: 'POST',
    url,
    headers: shopifyHeaders(connection),
    body: { query, variables },
  });
  const { host } = new URL(url);
  if (answer.type === 'refused') throw new RefusedCall(host, answer.status);
  const body = objectOf(answer.body);
  const [error] = listOf(body['errors']);
  if (error !== undefined) {
    const code = textOf(objectOf(error['extensions'])['code'], 60) ?? 'an error';
    if (code === 'THROTTLED') throw new ChannelBusy(host, restOf(body));
    throw new Error(`${host} answers GraphQL with ${code}`);
  }
  return objectOf(body['data']);
};
