import { readStretchInput } from '../../../shared/contracts/inventory/proof-tasks.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = taskHandler(readStretchInput, async (command) => ({
  ...command,
  ...(await booksDeps.readStretch()(command)),
}));
