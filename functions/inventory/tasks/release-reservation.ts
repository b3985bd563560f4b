import { releaseReservationInput } from '../../../shared/contracts/inventory/tasks.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { deps } from '../deps.ts';

export const handler = taskHandler(releaseReservationInput, (command) => deps.releaseReservation()(command));
