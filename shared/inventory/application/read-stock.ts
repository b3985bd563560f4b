import type { BasketReservationId, NodeId, OrderId, Sku } from '../../kernel/ids.ts';
import { unitsKeptFor } from '../domain/basket-state.ts';
import { cellKey } from '../domain/cell.ts';
import { availableOf, type Position } from '../domain/position.ts';
import { softUnitsOf } from '../domain/soft-claims.ts';
import type { Clock, StockLedger } from './ports.ts';

/** `softReserved`: the units that baskets hold, part of what is reserved. */
export type CountedPosition = Position & { readonly available: number; readonly softReserved: number };
export type StockOfSku = {
  readonly positions: readonly CountedPosition[];
  readonly total: { readonly onHand: number; readonly reserved: number; readonly available: number };
};

export const countedPosition = (position: Position): CountedPosition => ({
  ...position,
  available: availableOf(position),
  softReserved: softUnitsOf(position),
});

/** Every position of a SKU, and their sums; available is summed per node, since one node's lack is not another's. */
export const makeReadStock =
  (deps: { readonly ledger: Pick<StockLedger, 'listPositions'> }) =>
  async (sku: Sku): Promise<StockOfSku> => {
    const positions = (await deps.ledger.listPositions(sku)).map(countedPosition);
    const sumOf = (pick: (position: CountedPosition) => number): number =>
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

/** The basket that an order was: its units are the order's own. */
export type OwnBasket = { readonly basketId: BasketReservationId; readonly orderId: OrderId };

/**
 * What routing may plan with: the cells of these SKUs that have something to give, with what the order's own basket
 * holds there. No basket: no call for one.
 */
export const makeReadAvailability =
  (deps: { readonly ledger: Pick<StockLedger, 'listPositions' | 'findReservation'>; readonly now: Clock }) =>
  async (skus: readonly Sku[], own?: OwnBasket): Promise<readonly Availability[]> => {
    const [basket, ...perSku] = await Promise.all([
      own === undefined ? undefined : deps.ledger.findReservation(own.basketId),
      ...[...new Set(skus)].map((sku) => deps.ledger.listPositions(sku)),
    ]);
    const held =
      basket === undefined || own === undefined ? [] : unitsKeptFor(basket, own.orderId, deps.now());
    const heldAt = new Map(held.map(({ cell, quantity }) => [cellKey(cell), quantity]));
    return perSku.flat().flatMap((position) => {
      const ours = heldAt.get(cellKey(position)) ?? 0;
      const available = availableOf({ ...position, reserved: position.reserved - ours });
      const ringFenced = Math.min(position.ringFence, Math.max(0, available - ours));
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
