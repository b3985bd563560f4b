import { reopenBackordersInput } from '../../../shared/contracts/orders/tasks.ts';
import { orFault } from '../../../shared/orders/adapters/or-fault.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(reopenBackordersInput, async (input) =>
  orFault(await deps.reopenBackorders()(input)),
);
