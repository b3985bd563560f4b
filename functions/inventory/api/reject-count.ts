import { rejectCount } from '../../../shared/contracts/inventory/counts.ts';
import { countReply } from '../../../shared/inventory/adapters/count-replies.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(rejectCount, async ({ path, body, caller }) =>
  countReply(await feeds.rejectCount()(path, body.reason, actorOf(caller))),
);
