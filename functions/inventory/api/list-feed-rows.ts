import { listFeedRows } from '../../../shared/contracts/inventory/feeds.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(listFeedRows, async ({ path, query }) =>
  reply(200, await feeds.store().listNotes(path.feedId, { limit: query.limit, cursor: query.cursor })),
);
