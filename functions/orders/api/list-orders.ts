import { listOrders } from '../../../shared/contracts/orders/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(listOrders, async ({ query: { limit, cursor, ...filter } }) => {
  const page = await deps.listOrders()(filter, { limit, cursor });
  return page.ok ? reply(200, page.value) : problemReply('unprocessable', 'not a cursor of this list');
});
