import { listCountTasks } from '../../../shared/contracts/inventory/counts.ts';
import { countTasksReply } from '../../../shared/inventory/adapters/count-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(listCountTasks, async ({ query: { nodeId, limit, cursor } }) =>
  countTasksReply(await feeds.countTasks().list(nodeId, { limit, cursor })),
);
