import { sourcingRequest } from '../../../shared/contracts/sourcing/tasks.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(sourcingRequest, (request) => deps.chooseNodes()(request));
