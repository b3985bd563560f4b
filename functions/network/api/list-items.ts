import { listItems } from '../../../shared/contracts/network/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(listItems, async ({ query }) =>
  reply(200, await deps.queries().listItems({ limit: query.limit, cursor: query.cursor })),
);
