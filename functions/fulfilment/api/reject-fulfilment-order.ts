import { rejectFulfilmentOrder } from '../../../shared/contracts/fulfilment/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';
import { answererOf, workReply } from '../work-reply.ts';

export const handler = apiHandler(rejectFulfilmentOrder, async ({ path, body, caller }) =>
  workReply(await deps.rejectWork()({ ...path, answerer: answererOf(caller), reason: body.reason })),
);
