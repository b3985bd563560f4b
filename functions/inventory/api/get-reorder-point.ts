import { getReorderPoint } from '../../../shared/contracts/inventory/routes.ts';
import { reorderPointReply } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { watching } from '../watching.deps.ts';

export const handler = apiHandler(getReorderPoint, async ({ path }) =>
  reorderPointReply(path, await watching.points().find(path)),
);
