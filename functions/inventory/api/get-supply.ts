import { getSupply } from '../../../shared/contracts/inventory/supply-routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getSupply, async ({ path }) => {
  const order = await deps.supply().find(path.supplyId);
  return order === undefined ? problemReply('not-found', 'there is no such order') : reply(200, order);
});
