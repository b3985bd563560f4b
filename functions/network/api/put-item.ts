import { putItem } from '../../../shared/contracts/network/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(putItem, async ({ path, body }) => {
  const item = { sku: path.sku, ...body };
  await deps.store().saveItems([item], deps.now());
  return reply(200, item);
});
