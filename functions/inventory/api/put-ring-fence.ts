import { putRingFence } from '../../../shared/contracts/inventory/routes.ts';
import { actorOf, positionReply } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(putRingFence, async ({ path, body, caller }) =>
  positionReply(await deps.setRingFence()({ cell: path, ...body }, actorOf(caller))),
);
