import { setPolicyReply, policyScopeOf } from '../../../shared/channels/adapters/policy-mapping.ts';
import { putChannelPolicy } from '../../../shared/contracts/channels/publication.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { publication } from '../publication.deps.ts';

export const handler = apiHandler(putChannelPolicy, async ({ path, query, body }) =>
  setPolicyReply(await publication.setChannelPolicy()({ ...policyScopeOf(path, query), ...body })),
);
