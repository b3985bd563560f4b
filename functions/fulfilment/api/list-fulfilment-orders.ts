import { listFulfilmentOrders } from '../../../shared/contracts/fulfilment/routes.ts';
import { viewOfWork } from '../../../shared/fulfilment/application/view-of-work.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';
import { answererOf, refusalReply } from '../work-reply.ts';

export const handler = apiHandler(listFulfilmentOrders, async ({ query, caller }) => {
  const { node: nodeId, status: filter = 'open', limit, cursor } = query;
  const page = await deps.listWork()({ nodeId, filter, limit, cursor, reader: answererOf(caller) });
  if (page.ok) return reply(200, { ...page.value, items: page.value.items.map(viewOfWork) });
  return page.refusal.type === 'notACursor'
    ? problemReply('unprocessable', 'not a cursor of this list')
    : refusalReply(page.refusal);
});
