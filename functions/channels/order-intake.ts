import type { IntakeOutcome, OrderIntake } from '../../shared/channels/application/ports.ts';
import type { makeCancelOrder } from '../../shared/orders/application/cancel-order.ts';
import type { makePlaceOrder } from '../../shared/orders/application/place-order.ts';

type OrdersContext = {
  readonly placeOrder: ReturnType<typeof makePlaceOrder>;
  readonly cancelOrder: ReturnType<typeof makeCancelOrder>;
};

/** The orders context as channels see it: its outcomes and refusals in the words of a delivery. */
export const makeOrderIntake = ({ placeOrder, cancelOrder }: OrdersContext): OrderIntake => ({
  place: async (order): Promise<IntakeOutcome> => {
    const placed = await placeOrder({ order });
    if (!placed.ok) return { type: 'refused', reason: `the order is refused: ${placed.refusal.type}` };
    const { orderId, outcome } = placed.value;
    return outcome === 'ignored'
      ? { type: 'ignored', orderId, reason: 'a later version of the order is known' }
      : { type: outcome, orderId };
  },
  cancel: async (command): Promise<IntakeOutcome> => {
    const cancelled = await cancelOrder(command);
    if (cancelled.ok) return { type: 'cancelled', orderId: cancelled.value.orderId };
    return cancelled.refusal.type === 'notFound'
      ? { type: 'unknownOrder' }
      : { type: 'ignored', reason: 'everything has shipped: nothing is left to cancel' };
  },
});
