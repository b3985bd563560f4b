import type { IntakeOutcome, OrderIntake } from '../../../shared/channels/application/ports.ts';
import type { CanonicalOrder } from '../../../shared/contracts/orders/canonical-order.ts';
import { isOrderId, type OrderId } from '../../../shared/kernel/ids.ts';

const orderIdOf = (channelOrderId: string): OrderId => {
  const id = `ord_${channelOrderId.toLowerCase().padStart(26, '0').slice(-26)}`;
  if (!isOrderId(id)) throw new Error(`${id} is not an order id`);
  return id;
};

/** Orders by their channel id; the later version wins, as in the orders context. */
export const makeMemoryIntake = (): OrderIntake & { readonly orders: Map<string, CanonicalOrder> } => {
  const orders = new Map<string, CanonicalOrder>();
  return {
    orders,
    place: async (order): Promise<IntakeOutcome> => {
      const orderId = orderIdOf(order.channelOrderId);
      const known = orders.get(order.channelOrderId);
      if (known !== undefined && known.channelVersion > order.channelVersion)
        return { type: 'ignored', orderId, reason: 'a later version of the order is known' };
      orders.set(order.channelOrderId, order);
      if (known === undefined) return { type: 'placed', orderId };
      return { type: known.channelVersion === order.channelVersion ? 'alreadyThere' : 'revised', orderId };
    },
    cancel: async ({ channelOrderId }): Promise<IntakeOutcome> =>
      orders.has(channelOrderId)
        ? { type: 'cancelled', orderId: orderIdOf(channelOrderId) }
        : { type: 'unknownOrder' },
  };
};
