import { draftStrategy } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { faultsReply } from '../../../shared/sourcing/adapters/faults-reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(draftStrategy, async ({ path, body }) => {
  const drafted = await deps.draftStrategy()(path.strategyId, body);
  if (drafted.ok) return reply(201, drafted.value);
  return drafted.refusal.type === 'contradicts'
    ? faultsReply(drafted.refusal.faults)
    : problemReply('conflict', 'somebody else has drafted a version just now: try again');
});
