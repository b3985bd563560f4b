import type { Sku } from '../../kernel/ids.ts';

/**
 * Whether a SKU can be had anywhere: available, never on hand, summed over all nodes. Kept from the first time that
 * it could not. `stockVersion`: the changes of its positions that are known to it.
 */
export type Shelf = {
  readonly sku: Sku;
  readonly isInStock: boolean;
  readonly stockVersion: number;
  /** How often it came back. */
  readonly returns: number;
};

export type StockOfShelf = { readonly available: number; readonly stockVersion: number };

/**
 * The shelf after what is known of stock now; undefined: nothing changes. What was read before counts for nothing; a
 * SKU that nobody has seen gone is not back when there is more of it.
 */
export const restock = (
  sku: Sku,
  known: Shelf | undefined,
  { available, stockVersion }: StockOfShelf,
): { readonly after: Shelf; readonly isBack: boolean } | undefined => {
  const isInStock = available > 0;
  if (known === undefined)
    return isInStock ? undefined : { after: { sku, isInStock, stockVersion, returns: 0 }, isBack: false };
  if (stockVersion <= known.stockVersion || isInStock === known.isInStock) return undefined;
  return {
    after: { sku, isInStock, stockVersion, returns: known.returns + (isInStock ? 1 : 0) },
    isBack: isInStock,
  };
};
