import { activateStrategy } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

const DETAILS = {
  alreadyActive: 'this version is in force',
  nothingBefore: 'no version was in force before',
  nothingInForce: 'no version is in force to compare a trial with',
  trialRuns: 'another version is on trial: withdraw it first',
  otherOrders: 'it is for other orders than the version in force: they could not be compared',
  changedMeanwhile: 'somebody else has changed this strategy just now: look again',
};

export const handler = apiHandler(activateStrategy, async ({ path, body }) => {
  const { strategyId } = path;
  const changed =
    'share' in body
      ? await deps.tryStrategy()(strategyId, body)
      : 'version' in body
        ? await deps.activateStrategy()(strategyId, body.version)
        : await deps.rollBackStrategy()(strategyId);
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
