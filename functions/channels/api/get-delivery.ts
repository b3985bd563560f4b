import { getDelivery } from '../../../shared/contracts/channels/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getDelivery, async ({ path }) => {
  const found = await deps.log().find(path.deliveryId);
  return found === undefined ? problemReply('not-found', 'there is no such delivery') : reply(200, found);
});
