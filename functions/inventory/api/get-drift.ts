import { getDrift } from '../../../shared/contracts/inventory/counts.ts';
import { driftReply } from '../../../shared/inventory/adapters/count-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(getDrift, async ({ path: { nodeId }, query: { limit, cursor } }) => {
  const [node, cells] = await Promise.all([
    feeds.store().findNode(nodeId),
    feeds.drift().list(nodeId, { limit, cursor }),
  ]);
  return driftReply(nodeId, node, cells);
});
