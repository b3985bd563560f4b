import { LOCATION, type ShopShelf } from './shop-shelf.ts';

export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
export const entriesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const lastNumber = (text: unknown): number => Number(/(\d+)$/.exec(String(text))?.[1] ?? 0);
const gid = (kind: string, id: number | string): string => `gid://shopify/${kind}/${id}`;

/** A call that changes something; GraphQL asks and tells by POST alike. */
export const isMessage = ({
  method,
  path,
  body,
}: {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}): boolean =>
  method !== 'GET' &&
  (!path.endsWith('/graphql.json') || String(fieldOf(body, 'query')).startsWith('mutation'));

/** Shopify's GraphQL, as far as our adapters speak it: locations, items with their level, and setting quantities. */
export const answerGraphql = (shelf: ShopShelf, body: unknown): unknown => {
  const query = String(fieldOf(body, 'query'));
  const variables = fieldOf(body, 'variables');
  if (query.startsWith('mutation')) {
    for (const entry of entriesOf(fieldOf(fieldOf(variables, 'input'), 'quantities')))
      shelf.show(lastNumber(fieldOf(entry, 'inventoryItemId')), Number(fieldOf(entry, 'quantity')));
    return { data: { inventorySetQuantities: { userErrors: [] } } };
  }
  if (query.includes('locations'))
    return { data: { locations: { nodes: [{ id: gid('Location', LOCATION) }] } } };
  const searched = String(fieldOf(variables, 'search')).matchAll(/sku:"((?:[^"\\]|\\.)*)"/g);
  const skus = [...searched].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
  const nodes = skus.map((sku) => {
    const id = shelf.idOf(sku);
    const quantity = shelf.shownOf(id);
    const inventoryLevel = quantity === undefined ? null : { quantities: [{ quantity }] };
    return { id: gid('InventoryItem', id), sku, inventoryLevel };
  });
  return { data: { inventoryItems: { nodes } } };
};

/** WooCommerce's products: found by SKU, and set in batches. */
export const answerProducts = (shelf: ShopShelf, path: string, body: unknown): unknown => {
  const skus = new URLSearchParams(path.split('?')[1] ?? '').get('sku');
  if (skus !== null)
    return skus.split(',').map((sku) => {
      const id = shelf.idOf(sku);
      return { id, parent_id: 0, sku, stock_quantity: shelf.shownOf(id) ?? null };
    });
  const update = entriesOf(fieldOf(body, 'update'));
  for (const entry of update)
    shelf.show(Number(fieldOf(entry, 'id')), Number(fieldOf(entry, 'stock_quantity')));
  return { update };
};
