import type { BasketReservationId, LineId, NodeId, OrderId, ReservationId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';

export type LineQuantity = { readonly lineId: LineId; readonly sku: Sku; readonly quantity: number };
export type PlannedShipment = { readonly nodeId: NodeId; readonly lines: readonly LineQuantity[] };

/** One line's claim at one node. Open = quantity - shipped - released. */
export type ReservedLine = LineQuantity & {
  readonly nodeId: NodeId;
  readonly shipped: number;
  readonly released: number;
  /** Of a plan that is not held yet: units that the order's basket gave up for it, and gets back if it is lost. */
  readonly fromBasket?: number;
};

/** A claim of an order's routing, or of a basket before it is an order. */
export type ClaimId = ReservationId | BasketReservationId;

/** How the claim at one node ended. The first settlement of a node stands; what comes later changes nothing. */
export type Settlement = {
  readonly nodeId: NodeId;
  readonly cause: SettlementCause;
  /** The document that ended it: a fulfilment order, or the reservation itself. */
  readonly by: string;
  readonly at: Instant;
  /** Units of each line that left the node; what is not named was not shipped. */
  readonly shipped: readonly LineQuantity[];
  /** Units that the node could not find: they leave on hand as well. */
  readonly writtenOff: readonly LineQuantity[];
};
export type SettlementCause = 'shipped' | 'rejected' | 'cancelled' | 'superseded';

/**
 * The claim of one routing of one order. `claiming`: the first `claimed` lines count in their positions, the rest are
 * on the way (only plans too large for one transaction are ever seen so). `undoing`: the plan was lost half way, the
 * claimed lines are being given back. `lost`: nothing is claimed, a new plan may be tried under the same id. `held`:
 * every line is claimed, until its node is settled. `waiting`, `grouped`: a claim on a hot cell, to be counted together
 * with others; it counts nothing before it is `held`.
 */
export type Reservation = {
  readonly reservationId: ClaimId;
  /** Undefined while it belongs to a basket. */
  readonly orderId: OrderId | undefined;
  /** A plan's claim: the basket whose units it is exchanged for. */
  readonly basketId?: BasketReservationId;
  /** A basket's claim: it counts no longer from this instant. Absent: it stays until it is settled. */
  readonly softUntil?: Instant;
  readonly version: number;
  readonly status: 'claiming' | 'undoing' | 'lost' | 'held' | 'waiting' | 'grouped';
  /** While `grouped`: the group that decides. */
  readonly groupId?: string;
  readonly considered: readonly LineQuantity[];
  readonly lines: readonly ReservedLine[];
  readonly claimed: number;
  readonly settlements: readonly Settlement[];
  readonly changedAt: Instant;
};

/** Units of a line that still count in its position; a line that is not claimed yet counts nothing. */
export const openQuantityAt = (reservation: Reservation, index: number): number => {
  const line = reservation.lines[index];
  return line === undefined || index >= reservation.claimed
    ? 0
    : line.quantity - line.shipped - line.released;
};

/** The lines with units that still count in a position. */
export const openLines = (reservation: Reservation): readonly ReservedLine[] =>
  reservation.lines.filter((_, index) => openQuantityAt(reservation, index) > 0);

/** The plan as it was claimed, node by node. */
export const shipmentsOf = (reservation: Reservation): readonly PlannedShipment[] => {
  const byNode = new Map<NodeId, LineQuantity[]>();
  for (const { nodeId, lineId, sku, quantity } of reservation.lines) {
    const lines = byNode.get(nodeId) ?? [];
    lines.push({ lineId, sku, quantity });
    byNode.set(nodeId, lines);
  }
  return [...byNode].map(([nodeId, lines]) => ({ nodeId, lines }));
};
