import { getOrder } from '../../../shared/contracts/orders/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getOrder, async ({ path }) => {
  const order = await deps.getOrder()(path.orderId);
  return order.ok ? reply(200, order.value) : problemReply('not-found');
});
