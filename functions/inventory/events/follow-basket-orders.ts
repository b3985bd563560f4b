import { orderBasketBound, orderBasketFreed } from '../../../shared/contracts/orders/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(orderBasketBound, async ({ basketReservationId: basketId, orderId }) => {
    await deps.bindBasket()({ basketId, orderId, again: true });
  }),
  on(orderBasketFreed, ({ basketReservationId, orderId }) => deps.freeBasket()(basketReservationId, orderId)),
);
