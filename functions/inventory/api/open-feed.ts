import { openFeed } from '../../../shared/contracts/inventory/feeds.ts';
import { feedReply } from '../../../shared/inventory/adapters/feed-replies.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { instantOf } from '../../../shared/kernel/instant.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(openFeed, async ({ body, caller }) => {
  const header = { ...body, nodeId: body.nodeId, asOf: instantOf(Date.parse(body.asOf)) };
  return feedReply(await feeds.openFeed()(header, actorOf(caller)));
});
