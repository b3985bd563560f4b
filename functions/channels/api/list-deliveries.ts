import { listDeliveries } from '../../../shared/contracts/channels/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(listDeliveries, async ({ query }) => {
  const { channel, connection, limit, cursor } = query;
  return reply(200, await deps.log().list({ channel, connection }, { limit, cursor }));
});
