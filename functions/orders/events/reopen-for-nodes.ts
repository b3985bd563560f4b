import { orderMayShip } from '../../../shared/contracts/sourcing/events.ts';
import { orFault } from '../../../shared/orders/adapters/or-fault.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(orderMayShip, async ({ orderId, lines }) => {
    orFault(await deps.reopenBackorders()({ orderId, shipments: [{ lines }] }));
  }),
);
