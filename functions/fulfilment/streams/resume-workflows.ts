import { streamHandler } from '../../../shared/platform/lambda/stream-handler.ts';
import { deps } from '../deps.ts';

export const handler = streamHandler(async (changes) => {
  for (const { after } of changes) {
    if (after?.['entity'] === 'fulfilmentOrder') await deps.resumeWorkflow()(deps.readChangedWork(after));
  }
});
