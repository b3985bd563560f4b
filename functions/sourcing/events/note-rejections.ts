import { fulfilmentOrderRejected } from '../../../shared/contracts/fulfilment/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(fulfilmentOrderRejected, ({ nodeId, fulfilmentOrderId }, { occurredAt }) =>
    deps.rejections().keep({ nodeId, fulfilmentOrderId, at: occurredAt }),
  ),
);
