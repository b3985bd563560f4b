import { fulfilmentOrderCancelled } from '../../../shared/contracts/fulfilment/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(fulfilmentOrderCancelled, ({ fulfilmentOrderId }) => deps.tellCancellation()(fulfilmentOrderId)),
);
