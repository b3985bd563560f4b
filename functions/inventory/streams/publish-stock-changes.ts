import { streamHandler } from '../../../shared/platform/lambda/stream-handler.ts';
import { watching } from '../watching.deps.ts';

/** Told first: a fault of what is looked at then tells once more, which is harmless, and keeps nobody waiting. */
export const handler = streamHandler(async (changes) => {
  await watching.publishStockChanges()(changes);
  await watching.watchStockChanges()(changes);
});
