import { cancelOrder } from '../../../shared/contracts/orders/routes.ts';
import { summaryOf } from '../../../shared/orders/application/read-orders.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(cancelOrder, async ({ path, body }) => {
  const result = await deps.cancelOrder()({ orderId: path.orderId, reason: body.reason });
  if (result.ok) return reply(202, summaryOf(result.value));
  return result.refusal.type === 'notFound'
    ? problemReply('not-found')
    : problemReply('conflict', 'everything has shipped');
});
