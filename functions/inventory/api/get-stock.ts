import { getStock } from '../../../shared/contracts/inventory/routes.ts';
import { stockReply } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getStock, async ({ path }) =>
  stockReply(path.sku, await deps.readStock()(path.sku)),
);
