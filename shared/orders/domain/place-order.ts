import type { OrderId } from '../../kernel/ids.ts';
import { instantOf, type Instant } from '../../kernel/instant.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { ChannelOrder, ChannelOrderLine } from './channel-order.ts';
import { checkLines, type DuplicateLines } from './check-order.ts';
import { moveAll } from './move-units.ts';
import type { Order, OrderLine } from './order.ts';
import { basketFacts, type Change } from './settle.ts';
import { outcomeOf } from './status.ts';

/** A line that needs no shipping (a gift card, a service) has nothing to send: its units count as shipped at once. */
export const lineOf = ({ lineId, sku, quantity, requiresShipping }: ChannelOrderLine): OrderLine => ({
  lineId,
  sku,
  ordered: quantity,
  open: requiresShipping ? quantity : 0,
  reserved: 0,
  shipped: requiresShipping ? 0 : quantity,
  backordered: 0,
  cancelled: 0,
});

const cancelledOnArrival = (order: ChannelOrder): 'testOrder' | 'cancelledAtChannel' | undefined => {
  if (order.isTest) return 'testOrder';
  return order.cancelledAt === undefined ? undefined : 'cancelledAtChannel';
};

/**
 * A new order. A test order, or one that the channel has cancelled already, is stored as cancelled with that reason and
 * never routed. Refused only when its lines cannot be told apart.
 */
export const placeOrder = (
  orderId: OrderId,
  stated: ChannelOrder,
  at: Instant,
): Result<Change, DuplicateLines> => {
  const checked = checkLines(stated);
  if (!checked.ok) return checked;
  const reason = cancelledOnArrival(stated);
  const lines = stated.lines.map(lineOf);
  const order: Order = {
    orderId,
    channel: stated.channel,
    connection: stated.connection,
    channelOrderId: stated.channelOrderId,
    channelOrderNumber: stated.channelOrderNumber,
    channelVersion: stated.channelVersion,
    orderType: stated.orderType,
    priority: stated.priority === 'normal' ? undefined : stated.priority,
    shipComplete: stated.shipComplete,
    basketReservationId: stated.basketReservationId,
    placedAt: instantOf(Date.parse(stated.placedAt)),
    updatedAt: at,
    currency: stated.currency,
    grandTotal: stated.totals.grand,
    version: 1,
    revision: 1,
    lines:
      reason === undefined ? lines : moveAll(moveAll(lines, 'open', 'cancelled'), 'shipped', 'cancelled'),
    work: [],
    excludedNodes: [],
    supersededRevisions: [],
    holds: [],
    cancellation: reason === undefined ? undefined : { reason, at },
  };
  const outcome = outcomeOf(order);
  return ok({
    changed: true,
    order,
    facts: [
      outcome === undefined
        ? { type: 'placed', orderType: order.orderType, revision: order.revision }
        : { type: 'closed', outcome, reason },
      ...basketFacts(order, outcome === undefined ? 'basketBound' : 'basketFreed'),
    ],
  });
};
