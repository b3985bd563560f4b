import { putSupply } from '../../../shared/contracts/inventory/supply-routes.ts';
import { supplyReply } from '../../../shared/inventory/adapters/supply-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(putSupply, async ({ path, body }) =>
  supplyReply(await deps.announceSupply()({ ...path, ...body, expectedOn: body.expectedOn ?? undefined })),
);
