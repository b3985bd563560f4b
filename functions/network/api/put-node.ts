import { putNode } from '../../../shared/contracts/network/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(putNode, async ({ path, body }) => {
  const node = { nodeId: path.nodeId, ...body };
  await deps.store().saveNodes([node], deps.now());
  return reply(200, node);
});
