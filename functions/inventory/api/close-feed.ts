import { closeFeed } from '../../../shared/contracts/inventory/feeds.ts';
import { feedReply } from '../../../shared/inventory/adapters/feed-replies.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(closeFeed, async ({ path, body, caller }) =>
  feedReply(await feeds.closeFeed()(path.feedId, body.chunks, actorOf(caller))),
);
