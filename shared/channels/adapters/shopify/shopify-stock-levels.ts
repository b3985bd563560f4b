import type { Sku } from '../../../kernel/ids.ts';
import type { Connection } from '../../application/ports.ts';
import { integerOf, listOf, objectOf, textOf, type JsonObject } from '../reading/fields.ts';

export type StockAtShopify = {
  readonly inventoryItemId: string;
  readonly locationId: string;
  /** Undefined: the shop does not count it there. */
  readonly available: number | undefined;
};

type Ask = (query: string, variables: unknown) => Promise<JsonObject>;

/** The search is fuzzy and may find more than what was asked for; a page holds all of it. */
const SKUS_PER_SEARCH = 40;
const QUERY = `query Stock($search: String!, $location: ID!) {
  inventoryItems(first: 250, query: $search) {
    nodes { id sku inventoryLevel(locationId: $location) { quantities(names: ["available"]) { quantity } } }
  }
}`;
const FIRST_LOCATION = 'query Locations { locations(first: 1) { nodes { id } } }';

const searchOf = (skus: readonly Sku[]): string =>
  skus.map((sku) => `sku:"${sku.replace(/["\\]/g, '\\$&')}"`).join(' OR ');

const locationOf = async ({ locationId }: Connection, ask: Ask): Promise<string | undefined> => {
  if (locationId !== undefined) return `gid://shopify/Location/${locationId}`;
  const [first] = listOf(objectOf((await ask(FIRST_LOCATION, {}))['locations'])['nodes']);
  return textOf(first?.['id']);
};

const stockIn = (node: JsonObject, locationId: string): StockAtShopify | undefined => {
  const inventoryItemId = textOf(node['id']);
  const [quantity] = listOf(objectOf(node['inventoryLevel'])['quantities']);
  return inventoryItemId === undefined
    ? undefined
    : { inventoryItemId, locationId, available: integerOf(quantity?.['quantity']) };
};

/**
 * A shop's ids and figures of SKUs, of those that it sells, at the location that the connection names, else the shop's
 * first. The REST API cannot look for a SKU; GraphQL finds forty in one call.
 */
export const askForStock = async (
  skus: readonly Sku[],
  connection: Connection,
  ask: Ask,
): Promise<ReadonlyMap<Sku, StockAtShopify>> => {
  const location = await locationOf(connection, ask);
  const found = new Map<Sku, StockAtShopify>();
  if (location === undefined) return found;
  for (let start = 0; start < skus.length; start += SKUS_PER_SEARCH) {
    const wanted = skus.slice(start, start + SKUS_PER_SEARCH);
    const data = await ask(QUERY, { search: searchOf(wanted), location });
    const nodes = listOf(objectOf(data['inventoryItems'])['nodes']);
    for (const sku of wanted) {
      const node = nodes.find((each) => each['sku'] === sku);
      const stock = node === undefined ? undefined : stockIn(node, location);
      if (stock !== undefined) found.set(sku, stock);
    }
  }
  return found;
};
