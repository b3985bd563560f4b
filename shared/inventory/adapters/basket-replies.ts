import type * as z from 'zod';
import type { BasketReservation, holdReservation } from '../../contracts/inventory/reservation-routes.ts';
import type { Instant } from '../../kernel/instant.ts';
import { isBasketReservationId, isLineId } from '../../kernel/ids.ts';
import { BrokenInvariant, type Result } from '../../kernel/result.ts';
import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { BasketRefusal } from '../application/free-basket.ts';
import type { HeldBasket, HoldBasketCommand, HoldRefusal } from '../application/hold-basket.ts';
import { basketStatus, type BasketStatus } from '../domain/basket-state.ts';
import type { Reservation } from '../domain/reservation.ts';

/** Lines without an id are counted from 1. */
export const holdCommandFrom = ({
  reservationId,
  minutes,
  lines,
}: z.output<typeof holdReservation.body>): HoldBasketCommand => ({
  basketId: reservationId,
  minutes,
  lines: lines.map((line, index) => {
    const lineId = line.lineId ?? String(index + 1);
    if (!isLineId(lineId)) throw new BrokenInvariant('a number is a line id');
    const { nodeId, nodeIds = nodeId === undefined ? [] : [nodeId] } = line;
    return { lineId, sku: line.sku, quantity: line.quantity, nodeIds };
  }),
});

const viewOf = (basket: Reservation, at: Instant): BasketReservation => {
  const { reservationId, orderId, softUntil } = basket;
  if (!isBasketReservationId(reservationId)) throw new BrokenInvariant('a basket has a basket’s id');
  return {
    reservationId,
    status: basketStatus(basket, at),
    expiresAt: softUntil,
    orderId,
    lines: basket.lines.map(({ lineId, sku, nodeId, quantity }) => ({ lineId, sku, nodeId, quantity })),
  };
};

const ENDINGS: Readonly<Record<BasketStatus, string>> = {
  held: 'the reservation is held',
  bound: 'the reservation is an order’s',
  expired: 'the reservation has expired',
  released: 'the reservation has been released',
  replaced: 'the order of this reservation has been routed',
};

export const basketReply = (result: Result<Reservation, BasketRefusal>, at: Instant): Reply => {
  if (result.ok) return reply(200, viewOf(result.value, at));
  switch (result.refusal.type) {
    case 'unknownReservation':
      return problemReply('not-found', 'no reservation has this id');
    case 'belongsToOrder':
      return problemReply('conflict', `it is held for order ${result.refusal.orderId} now`);
    case 'hasEnded':
      return problemReply('conflict', ENDINGS[result.refusal.status]);
  }
};

export const heldReply = (result: Result<HeldBasket, HoldRefusal>, at: Instant): Reply => {
  if (result.ok) return reply(result.value.isNew ? 201 : 200, viewOf(result.value.basket, at));
  const { refusal } = result;
  switch (refusal.type) {
    case 'unknownSku':
      return problemReply('not-found', `the catalogue does not know ${refusal.skus.join(', ')}`);
    case 'unknownNode':
      return problemReply('not-found', `the network does not know ${refusal.nodeIds.join(', ')}`);
    case 'tooManyCells':
      return problemReply('unprocessable', `more than ${refusal.limit} places would hold this basket`);
    case 'missing':
      return problemReply(
        'conflict',
        'nothing is held: some lines cannot be had in full',
        refusal.lines.map(({ lineId, sku, quantity, available }) => ({
          at: `line ${lineId}`,
          reason: `${quantity} of ${sku} missing, ${available} available`,
        })),
      );
    case 'idIsTaken':
      return problemReply('conflict', 'this id holds other lines');
    case 'hasEnded':
      return problemReply('conflict', ENDINGS[refusal.status]);
  }
};
