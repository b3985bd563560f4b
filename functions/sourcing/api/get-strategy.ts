import { getStrategy } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getStrategy, async ({ path }) => {
  const strategy = await deps.strategies().findVersion(path.strategyId, path.version);
  return strategy === undefined ? problemReply('not-found') : reply(200, strategy);
});
