import { runRelease } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(runRelease, async ({ body }) => {
  const release = await deps.releaseNow()(body.strategyId, body.dryRun);
  return release === undefined
    ? problemReply('conflict', 'nobody waits under this strategy, or a release runs this moment')
    : reply(200, release);
});
