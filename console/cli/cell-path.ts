/** Where the API keeps one SKU at one node. */
export const cellPath = (sku: string, node: string): string =>
  `/v1/stock/${encodeURIComponent(sku)}/${encodeURIComponent(node)}`;
