import { getFulfilmentOrder } from '../../../shared/contracts/fulfilment/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';
import { answererOf, workReply } from '../work-reply.ts';

export const handler = apiHandler(getFulfilmentOrder, async ({ path, caller }) =>
  workReply(await deps.getWork()({ ...path, reader: answererOf(caller) })),
);
