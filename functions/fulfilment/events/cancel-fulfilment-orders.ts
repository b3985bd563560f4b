import { orderCancellationRequested } from '../../../shared/contracts/orders/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

/** What has shipped meanwhile stays shipped: the order hears of it. What is not there yet comes again. */
export const handler = queueConsumer(
  on(orderCancellationRequested, ({ fulfilmentOrderIds }) => deps.cancelWork()(fulfilmentOrderIds)),
);
