import { getTrial } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getTrial, async ({ path }) => {
  const standing = await deps.readTrial()(path.strategyId);
  return standing.ok
    ? reply(200, standing.value)
    : problemReply('not-found', 'no version of this strategy is on trial');
});
