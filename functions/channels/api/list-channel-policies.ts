import { listChannelPolicies } from '../../../shared/contracts/channels/publication.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { publication } from '../publication.deps.ts';

export const handler = apiHandler(listChannelPolicies, async ({ path, query }) =>
  reply(200, await publication.policies().list(path.channel, { limit: query.limit, cursor: query.cursor })),
);
