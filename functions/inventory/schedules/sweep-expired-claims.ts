import * as z from 'zod';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { deps } from '../deps.ts';

/** The scheduler's event says nothing that is needed here. */
export const handler = taskHandler(z.unknown(), async () => ({
  cellsChanged: await deps.sweepExpiredClaims()(),
}));
