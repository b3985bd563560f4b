import {
  orderNeedsSourcing,
  orderPlaced,
  orderRoutingWithdrawn,
} from '../../../shared/contracts/orders/events.ts';
import { orderReleased } from '../../../shared/contracts/sourcing/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(orderPlaced, ({ orderId, revision }) => deps.startRouting()({ orderId, revision })),
  on(orderNeedsSourcing, ({ orderId, revision, reason }) =>
    deps.startRouting()({ orderId, revision, reason }),
  ),
  on(orderReleased, ({ orderId, revision, releaseId }) =>
    deps.startReleased()({ orderId, revision, releaseId }),
  ),
  on(orderRoutingWithdrawn, ({ orderId, revision }) => deps.withdrawRouting()({ orderId, revision })),
);
