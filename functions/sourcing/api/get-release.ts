import { getRelease } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getRelease, async ({ path }) => {
  const release = await deps.releases().find(path.releaseId);
  return release === undefined ? problemReply('not-found') : reply(200, release);
});
