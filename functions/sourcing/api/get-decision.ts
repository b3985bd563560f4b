import { getDecision } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getDecision, async ({ path }) => {
  const decision = await deps.getDecision()(path.decisionId);
  return decision.ok ? reply(200, decision.value) : problemReply('not-found');
});
