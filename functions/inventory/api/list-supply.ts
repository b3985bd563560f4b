import { listSupply } from '../../../shared/contracts/inventory/supply-routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(listSupply, async ({ query: { nodeId, kind, limit, cursor } }) =>
  reply(200, await deps.supply().listOpen({ nodeId, kind }, { limit, cursor })),
);
