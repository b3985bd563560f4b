import { auditOrders } from '../../../shared/contracts/orders/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(auditOrders, async ({ query }) => {
  const audit = await deps.auditOrders()({ limit: query.limit, cursor: query.cursor });
  return audit.ok ? reply(200, audit.value) : problemReply('unprocessable', 'not a cursor of this list');
});
