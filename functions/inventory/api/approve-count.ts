import { approveCount } from '../../../shared/contracts/inventory/counts.ts';
import { countReply } from '../../../shared/inventory/adapters/count-replies.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(approveCount, async ({ path, caller }) =>
  countReply(await feeds.approveCount()(path, actorOf(caller))),
);
