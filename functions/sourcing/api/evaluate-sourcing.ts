import { evaluateSourcing } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { faultsReply } from '../../../shared/sourcing/adapters/faults-reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(evaluateSourcing, async ({ body }) => {
  const { basket, orderId = '', strategy } = body;
  const evaluation = await deps.evaluateSourcing()(
    basket === undefined ? { orderId } : { basket: { ...basket, revision: 1 } },
    strategy === undefined ? undefined : { ...strategy, strategyId: 'draft', version: 0 },
  );
  if (evaluation.ok) return reply(200, evaluation.value);
  return evaluation.refusal.type === 'contradicts'
    ? faultsReply(evaluation.refusal.faults)
    : problemReply('not-found', 'nobody has sourced this order yet: ask for a basket');
});
