import { putReorderPoint } from '../../../shared/contracts/inventory/routes.ts';
import { actorOf, setReorderPointReply } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { watching } from '../watching.deps.ts';

export const handler = apiHandler(putReorderPoint, async ({ path, body, caller }) => {
  const command = { cell: path, reorderPoint: body.reorderPoint ?? undefined };
  return setReorderPointReply(path, await watching.setReorderPoint()(command, actorOf(caller)));
});
