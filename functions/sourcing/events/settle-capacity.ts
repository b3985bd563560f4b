import {
  fulfilmentOrderAccepted,
  fulfilmentOrderCancelled,
  fulfilmentOrderRejected,
} from '../../../shared/contracts/fulfilment/events.ts';
import { orderRoutingWithdrawn } from '../../../shared/contracts/orders/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(fulfilmentOrderAccepted, ({ reservationId, nodeId }) =>
    deps.settleCapacity().confirm(reservationId, nodeId),
  ),
  on(fulfilmentOrderRejected, ({ reservationId, nodeId }) =>
    deps.settleCapacity().end(reservationId, nodeId),
  ),
  on(fulfilmentOrderCancelled, ({ reservationId, nodeId }) =>
    deps.settleCapacity().end(reservationId, nodeId),
  ),
  on(orderRoutingWithdrawn, async ({ reservationId }) => {
    await deps.settleCapacity().close(reservationId);
    await deps.queue().remove(reservationId);
  }),
);
