import { activateStrategy } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

const DETAILS = {
  alreadyActive: 'this version is in force',
  nothingBefore: 'no version was in force before',
  changedMeanwhile: 'somebody else has changed this strategy just now: look again',
};

export const handler = apiHandler(activateStrategy, async ({ path, body }) => {
  const changed =
    'version' in body
      ? await deps.activateStrategy()(path.strategyId, body.version)
      : await deps.rollBackStrategy()(path.strategyId);
  if (changed.ok) return reply(200, changed.value);
  const { refusal } = changed;
  if (refusal.type === 'notFound' || refusal.type === 'noSuchVersion') return problemReply('not-found');
  return problemReply(
    'conflict',
    refusal.type === 'sameOrders'
      ? `${refusal.strategyId} is in force for exactly the same orders`
      : DETAILS[refusal.type],
  );
});
