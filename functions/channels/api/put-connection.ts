import { putConnection } from '../../../shared/contracts/channels/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(putConnection, async ({ path, body }) => {
  const { tellsChannel } = await deps.putConnection()(path, body);
  return reply(200, { ...path, tellsChannel });
});
