import type {
  BasketReservationId,
  LineId,
  NodeId,
  OrderId,
  ReservationId,
  Sku,
  SupplyId,
} from '../../../shared/kernel/ids.ts';
import {
  isBasketReservationId,
  isLineId,
  isNodeId,
  isOrderId,
  isReservationId,
  isSku,
  isSupplyId,
} from '../../../shared/kernel/ids.ts';
import type { CellChange } from '../../../shared/inventory/domain/ledger-entry.ts';
import type { Plan } from '../../../shared/inventory/domain/claim-plan.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import type { Announcement } from '../../../shared/inventory/domain/supply/announce-supply.ts';

const checked =
  <Id extends string>(is: (text: string) => text is Id) =>
  (text: string): Id => {
    if (!is(text)) throw new Error(`a test uses an id that is none: ${text}`);
    return text;
  };

export const aSku = checked<Sku>(isSku);
export const aNode = checked<NodeId>(isNodeId);
export const aLine = checked<LineId>(isLineId);
export const aSupplyId = checked<SupplyId>(isSupplyId);
export const anOrder = (number = 1): OrderId =>
  checked<OrderId>(isOrderId)(`ord_${String(number).padStart(26, '0')}`);
export const aReservation = (number = 1, revision = 1): ReservationId =>
  checked<ReservationId>(isReservationId)(`${anOrder(number)}.${revision}`);

export const aBasket = (number = 1): BasketReservationId =>
  checked<BasketReservationId>(isBasketReservationId)(`bsk_${number}`);

export const aCell = (sku = 'MUG', nodeId = 'DC'): Cell => ({ sku: aSku(sku), nodeId: aNode(nodeId) });

/** A plan from rows of [node, sku, quantity]; what is considered is what is planned, one line a row. */
export const aPlan = (
  rows: readonly (readonly [nodeId: string, sku: string, quantity: number])[],
  number = 1,
): Plan => {
  const lines = rows.map(([nodeId, sku, quantity], index) => ({
    nodeId: aNode(nodeId),
    line: { lineId: aLine(String(index + 1)), sku: aSku(sku), quantity },
  }));
  const nodes = [...new Set(lines.map(({ nodeId }) => nodeId))];
  return {
    reservationId: aReservation(number),
    orderId: anOrder(number),
    considered: lines.map(({ line }) => line),
    shipments: nodes.map((nodeId) => ({
      nodeId,
      lines: lines.filter((entry) => entry.nodeId === nodeId).map(({ line }) => line),
    })),
  };
};

/** Units that arrive, as a change of one cell. */
export const anArrival = (cell: Cell, quantity: number, key = 'opening'): CellChange => ({
  cell,
  movements: [{ movementId: `receive:${key}`, kind: 'receive', onHandDelta: quantity, reservedDelta: 0 }],
  guard: { type: 'covered' },
  onceKey: `receive:${key}`,
});

const announced = (supplyId: string, nodeId: string, units: Readonly<Record<string, number>>) => ({
  supplyId: aSupplyId(supplyId),
  nodeId: aNode(nodeId),
  expectedOn: '2026-12-01',
  revision: 1,
  lines: Object.entries(units).map(([sku, quantity]) => ({ sku: aSku(sku), quantity })),
});

/** Units of SKUs that a supplier is to send to a node. */
export const aPurchase = (
  supplyId: string,
  nodeId: string,
  units: Readonly<Record<string, number>>,
): Announcement & { readonly kind: 'purchase' } => ({
  kind: 'purchase',
  supplier: 'ACME',
  ...announced(supplyId, nodeId, units),
});

/** Units of SKUs that are to go from one node to another. */
export const aTransfer = (
  supplyId: string,
  originId: string,
  nodeId: string,
  units: Readonly<Record<string, number>>,
): Announcement & { readonly kind: 'transfer' } => ({
  kind: 'transfer',
  originId: aNode(originId),
  ...announced(supplyId, nodeId, units),
});

/** A clock that moves by a second whenever it is read. */
export const aClock = (startMs = Date.parse('2026-11-23T09:00:00.000Z')): (() => string) => {
  let nowMs = startMs;
  return () => new Date((nowMs += 1000)).toISOString();
};
