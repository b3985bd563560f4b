import type { Sku } from '../../../kernel/ids.ts';
import type { Connection } from '../../application/ports.ts';
import { askChannel, type Fetch } from '../call-channel.ts';
import type { LookedUp } from '../id-cache.ts';
import { idOf, listOf, objectOf, textOf, type JsonObject } from '../reading/fields.ts';

export type StockIds = { readonly inventoryItemId: string; readonly locationId: string };

/** The REST API cannot look for a SKU; GraphQL answers both questions in one call. The search is fuzzy: see below. */
const QUERY = `query StockIds($search: String!) {
  inventoryItems(first: 10, query: $search) { nodes { legacyResourceId sku } }
  locations(first: 1) { nodes { legacyResourceId } }
}`;

const nodesOf = (data: JsonObject, name: string) => listOf(objectOf(data[name])['nodes']);

/**
 * Asks a shop for its ids of a SKU's stock. The location is the one that the connection names, else the shop's first.
 * Throws on an error that GraphQL answers with 200: throttling passes, and a missing right is mended there.
 */
export const askForStockIds = async (
  fetching: Fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  connection: Connection,
  sku: Sku,
): Promise<LookedUp<StockIds>> => {
  const search = `sku:"${sku.replace(/["\\]/g, '\\$&')}"`;
  const body = { query: QUERY, variables: { search } };
  const answer = await askChannel(fetching, { method: 'POST', url, headers, body });
  if (answer.type === 'refused') return answer;
  const errors = listOf(objectOf(answer.body)['errors']);
  if (errors.length > 0) {
    const code = textOf(objectOf(errors[0]?.['extensions'])['code'], 60) ?? 'an error';
    throw new Error(`${new URL(url).host} answers its ids with ${code}`);
  }
  const data = objectOf(objectOf(answer.body)['data']);
  const item = nodesOf(data, 'inventoryItems').find((node) => node['sku'] === sku);
  const inventoryItemId = idOf(item?.['legacyResourceId']);
  const locationId = connection.locationId ?? idOf(nodesOf(data, 'locations')[0]?.['legacyResourceId']);
  return inventoryItemId === undefined || locationId === undefined
    ? { type: 'absent' }
    : { type: 'found', id: { inventoryItemId, locationId } };
};
