import { orderRouted } from '../../../shared/contracts/orders/events.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(on(orderRouted, (routed) => deps.openFulfilmentOrders()(routed)));
