import { closeSupply } from '../../../shared/contracts/inventory/supply-routes.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { supplyReply } from '../../../shared/inventory/adapters/supply-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(closeSupply, async ({ path, body, caller }) =>
  supplyReply(await deps.closeSupply()(path.supplyId, body, actorOf(caller))),
);
