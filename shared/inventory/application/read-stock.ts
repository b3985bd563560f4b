import type { NodeId, Sku } from '../../kernel/ids.ts';
import { availableOf, type Position } from '../domain/position.ts';
import type { StockLedger } from './ports.ts';

export type StockOfSku = {
  readonly positions: readonly (Position & { readonly available: number })[];
  readonly total: { readonly onHand: number; readonly reserved: number; readonly available: number };
};

/** Every position of a SKU, and their sums; available is summed per node, since one node's lack is not another's. */
export const makeReadStock =
  (deps: { readonly ledger: Pick<StockLedger, 'listPositions'> }) =>
  async (sku: Sku): Promise<StockOfSku> => {
    const positions = (await deps.ledger.listPositions(sku)).map((position) => ({
      ...position,
      available: availableOf(position),
    }));
    const sumOf = (pick: (position: (typeof positions)[number]) => number): number =>
      positions.reduce((sum, position) => sum + pick(position), 0);
    return {
      positions,
      total: {
        onHand: sumOf((position) => position.onHand),
        reserved: sumOf((position) => position.reserved),
        available: sumOf((position) => position.available),
      },
    };
  };

/** `available` is the whole number; `ringFenced` of them are not for every order. Absent: none is. */
export type Availability = {
  readonly sku: Sku;
  readonly nodeId: NodeId;
  readonly available: number;
  readonly ringFenced?: number;
};

/** What routing may plan with: the cells of these SKUs that have something to give. */
export const makeReadAvailability =
  (deps: { readonly ledger: Pick<StockLedger, 'listPositions'> }) =>
  async (skus: readonly Sku[]): Promise<readonly Availability[]> => {
    const perSku = await Promise.all([...new Set(skus)].map((sku) => deps.ledger.listPositions(sku)));
    return perSku.flat().flatMap((position) => {
      const available = availableOf(position);
      const ringFenced = Math.min(position.ringFence, available);
      return available > 0
        ? [
            {
              sku: position.sku,
              nodeId: position.nodeId,
              available,
              ...(ringFenced > 0 ? { ringFenced } : {}),
            },
          ]
        : [];
    });
  };

export type StockCell = Pick<Availability, 'sku' | 'nodeId' | 'available'> & { readonly version: number };

/** What every node that ever held one of these SKUs has to give, with the version of that cell; 0 is told, too. */
export const makeReadStockCells =
  (deps: { readonly ledger: Pick<StockLedger, 'listPositions'> }) =>
  async (skus: readonly Sku[]): Promise<readonly StockCell[]> => {
    const perSku = await Promise.all([...new Set(skus)].map((sku) => deps.ledger.listPositions(sku)));
    return perSku.flat().map((position) => ({
      sku: position.sku,
      nodeId: position.nodeId,
      available: availableOf(position),
      version: position.version,
    }));
  };
