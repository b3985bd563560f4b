import { reservePlanInput } from '../../../shared/contracts/inventory/tasks.ts';
import { planFrom, valueOrFault } from '../../../shared/inventory/adapters/task-mapping.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(reservePlanInput, async (input) =>
  valueOrFault(await deps.reservePlan()(planFrom(input))),
);
