import { reservePlanInput } from '../../../shared/contracts/inventory/tasks.ts';
import { valueOrFault } from '../../../shared/inventory/adapters/task-mapping.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(reservePlanInput, async (plan) =>
  valueOrFault(await deps.reservePlan()(plan)),
);
