import { chooseNodesInput } from '../../../shared/contracts/sourcing/tasks.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { narrowRequest } from '../../../shared/sourcing/application/narrow-request.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(chooseNodesInput, ({ request, only, races }) =>
  only === undefined
    ? deps.chooseNodes().plan(request, races)
    : deps.chooseNodes().question(narrowRequest(request, only)),
);
