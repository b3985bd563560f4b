import {
  fulfilmentOrderCancelled,
  fulfilmentOrderRejected,
  fulfilmentOrderShipped,
} from '../../../shared/contracts/fulfilment/events.ts';
import { orFault } from '../../../shared/orders/adapters/or-fault.ts';
import type { FulfilmentFact } from '../../../shared/orders/application/apply-fulfilment-fact.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

const apply = async (fact: FulfilmentFact): Promise<void> => {
  orFault(await deps.applyFulfilmentFact()(fact));
};

export const handler = queueConsumer(
  on(fulfilmentOrderRejected, (data) => apply({ ...data, kind: 'rejected' })),
  on(fulfilmentOrderShipped, (data) => apply({ ...data, kind: 'shipped' })),
  on(fulfilmentOrderCancelled, (data) => apply({ ...data, kind: 'cancelled' })),
);
