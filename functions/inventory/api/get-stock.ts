import { getStock } from '../../../shared/contracts/inventory/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getStock, async ({ path }) => {
  const stock = await deps.readStock()(path.sku);
  return stock.positions.length === 0
    ? problemReply('not-found', 'no node has ever held this SKU')
    : reply(200, { sku: path.sku, ...stock });
});
