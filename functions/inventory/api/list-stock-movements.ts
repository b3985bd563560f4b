import { listStockMovements } from '../../../shared/contracts/inventory/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(listStockMovements, async ({ path, query }) =>
  reply(200, await deps.history().listMovements(path, { limit: query.limit, cursor: query.cursor })),
);
