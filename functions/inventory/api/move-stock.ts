import { moveStock } from '../../../shared/contracts/inventory/routes.ts';
import { actorOf, moveOf, positionReply } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(moveStock, async ({ path, body, caller }) =>
  positionReply(await deps.moveStock()(moveOf(path, body), actorOf(caller))),
);
