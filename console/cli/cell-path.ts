/** One SKU at one node, as paths name it. */
export const skuAtNode = (sku: string, node: string): string =>
  `${encodeURIComponent(sku)}/${encodeURIComponent(node)}`;

/** Where the API keeps one SKU at one node. */
export const cellPath = (sku: string, node: string): string => `/v1/stock/${skuAtNode(sku, node)}`;
