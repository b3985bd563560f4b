import { getFeed } from '../../../shared/contracts/inventory/feeds.ts';
import { foundFeedReply } from '../../../shared/inventory/adapters/feed-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(getFeed, async ({ path }) =>
  foundFeedReply(await feeds.store().find(path.feedId)),
);
