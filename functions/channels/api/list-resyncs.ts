import { listResyncs } from '../../../shared/contracts/channels/publication.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { publication } from '../publication.deps.ts';

export const handler = apiHandler(listResyncs, async ({ path, query }) =>
  reply(200, await publication.resyncs().list(path, { limit: query.limit, cursor: query.cursor })),
);
