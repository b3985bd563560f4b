import { leaveTokenInput } from '../../../shared/contracts/fulfilment/tasks.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(leaveTokenInput, (input) => deps.askNode()(input));
