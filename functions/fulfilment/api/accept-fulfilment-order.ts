import { acceptFulfilmentOrder } from '../../../shared/contracts/fulfilment/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';
import { answererOf, workReply } from '../work-reply.ts';

export const handler = apiHandler(acceptFulfilmentOrder, async ({ path, caller }) =>
  workReply(await deps.acceptWork()({ ...path, answerer: answererOf(caller) })),
);
