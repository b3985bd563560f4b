import { policyScopeOf } from '../../../shared/channels/adapters/policy-mapping.ts';
import { deleteChannelPolicy } from '../../../shared/contracts/channels/publication.ts';
import { instantOf } from '../../../shared/kernel/instant.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { publication } from '../publication.deps.ts';

export const handler = apiHandler(deleteChannelPolicy, async ({ path, query }) => {
  const scope = policyScopeOf(path, query);
  const isWithdrawn = await publication.policies().withdraw(scope, instantOf(Date.now()));
  return isWithdrawn ? reply(200, scope) : problemReply('not-found', 'there is no such policy');
});
