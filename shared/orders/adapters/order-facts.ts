import { factOf, type Fact } from '../../contracts/events/fact.ts';
import {
  orderBackordered,
  orderBasketBound,
  orderBasketFreed,
  orderCancellationRequested,
  orderClosed,
  orderNeedsSourcing,
  orderPlaced,
  orderRevised,
  orderRouted,
  orderRoutingWithdrawn,
  orderShipmentRecorded,
  orderUnitsCancelled,
} from '../../contracts/orders/events.ts';
import { unreachable } from '../../kernel/result.ts';
import type { OrderFact } from '../domain/facts.ts';
import type { Order } from '../domain/order.ts';

/** A fact in the words of the bus, with the names of the order that it is about. */
export const toFact = (order: Order, fact: OrderFact): Fact => {
  const ref = {
    orderId: order.orderId,
    channel: order.channel,
    connection: order.connection,
    channelOrderId: order.channelOrderId,
  };
  switch (fact.type) {
    case 'placed':
      return factOf(orderPlaced, { ...ref, orderType: fact.orderType, revision: fact.revision });
    case 'needsSourcing': {
      const { orderType, revision, reason } = fact;
      return factOf(orderNeedsSourcing, { ...ref, orderType, revision, reason });
    }
    case 'routed':
      return factOf(orderRouted, {
        ...ref,
        reservationId: fact.reservationId,
        shipments: fact.shipments.map((shipment) => ({ ...shipment, lines: [...shipment.lines] })),
        backordered: [...fact.backordered],
      });
    case 'routingWithdrawn': {
      const { revision, reservationId } = fact;
      return factOf(orderRoutingWithdrawn, { ...ref, revision, reservationId });
    }
    case 'basketBound':
      return factOf(orderBasketBound, { ...ref, basketReservationId: fact.basketReservationId });
    case 'basketFreed':
      return factOf(orderBasketFreed, { ...ref, basketReservationId: fact.basketReservationId });
    case 'backordered':
      return factOf(orderBackordered, { ...ref, lines: [...fact.lines] });
    case 'unitsCancelled':
      return factOf(orderUnitsCancelled, { ...ref, reason: fact.reason, lines: [...fact.lines] });
    case 'cancellationRequested':
      return factOf(orderCancellationRequested, {
        ...ref,
        reason: fact.reason,
        fulfilmentOrderIds: [...fact.fulfilmentOrderIds],
      });
    case 'shipmentRecorded': {
      const { fulfilmentOrderId, nodeId, lines, tracking } = fact;
      return factOf(orderShipmentRecorded, {
        ...ref,
        fulfilmentOrderId,
        nodeId,
        lines: [...lines],
        tracking,
      });
    }
    case 'revised': {
      const { channelVersion, applied, declined } = fact;
      return factOf(orderRevised, {
        ...ref,
        channelVersion,
        applied: [...applied],
        declined: [...declined],
      });
    }
    case 'closed':
      return factOf(orderClosed, { ...ref, outcome: fact.outcome, reason: fact.reason });
    default:
      return unreachable(fact);
  }
};
