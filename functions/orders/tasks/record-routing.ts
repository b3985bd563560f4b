import { recordRoutingInput } from '../../../shared/contracts/orders/tasks.ts';
import { orFault } from '../../../shared/orders/adapters/or-fault.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { setAsideBy } from '../../../shared/orders/adapters/set-aside-by.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(recordRoutingInput, async ({ plan, claim, ...routing }) =>
  orFault(
    await deps.recordRouting()({
      ...routing,
      cancelAfterDays: plan.cancelAfterDays,
      setAside: claim === 'notClaimed' ? setAsideBy(plan, routing.decisionId ?? undefined) : undefined,
    }),
  ),
);
