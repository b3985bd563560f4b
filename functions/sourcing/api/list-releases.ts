import { listReleases } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(listReleases, async () =>
  reply(200, { items: await deps.listGatherings()() }),
);
