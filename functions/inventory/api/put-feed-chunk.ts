import { putFeedChunk } from '../../../shared/contracts/inventory/feeds.ts';
import { chunkReply } from '../../../shared/inventory/adapters/feed-replies.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = apiHandler(putFeedChunk, async ({ path, query, body, caller }) =>
  chunkReply(await feeds.takeChunk()({ ...path, firstRow: query.firstRow, text: body }, actorOf(caller))),
);
