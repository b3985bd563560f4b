import { judgePartInput } from '../../../shared/contracts/inventory/proof-tasks.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = taskHandler(judgePartInput, async (command) => ({
  ...command,
  ...(await booksDeps.judgePart()(command)),
}));
