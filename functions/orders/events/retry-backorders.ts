import { stockChanged } from '../../../shared/contracts/inventory/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(stockChanged, async ({ positions }) => {
    for (const rise of positions) await deps.retryBackorders()(rise);
  }),
);
