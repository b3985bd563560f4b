import type { Sku } from '../../kernel/ids.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import type { Sellable } from '../domain/published-figure.ts';
import { sellableOf } from '../domain/sellable-of.ts';
import type { PolicyBook, ReadStockCells } from './publication-ports.ts';

export type ReadSellable = (ref: ConnectionRef, skus: readonly Sku[]) => Promise<readonly Sellable[]>;

/** What a shop may sell of SKUs now. SKUs that no node ever held are left out. */
export const makeReadSellable =
  (deps: { readonly policies: PolicyBook; readonly readStockCells: ReadStockCells }): ReadSellable =>
  async (ref, skus) => {
    const [inForce, cells] = await Promise.all([
      deps.policies.inForce(ref.channel),
      deps.readStockCells([...new Set(skus)]),
    ]);
    return sellableOf(ref, cells, inForce);
  };

/** Reads each SKU once, however many shops ask for it: for the length of one turn, in which all of them are told. */
export const shareReads = (read: ReadStockCells): ReadStockCells => {
  const begun = new Map<Sku, ReturnType<ReadStockCells>>();
  const cellsOf = (sku: Sku): ReturnType<ReadStockCells> => {
    const reading = begun.get(sku) ?? read([sku]);
    begun.set(sku, reading);
    return reading;
  };
  return async (skus) => (await Promise.all(skus.map(cellsOf))).flat();
};
