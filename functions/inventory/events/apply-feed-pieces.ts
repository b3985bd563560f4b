import { feedPiece } from '../../../shared/inventory/adapters/feed-messages.ts';
import { orderedConsumer } from '../../../shared/platform/lambda/ordered-consumer.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = orderedConsumer(
  feedPiece,
  (receiptHandle, seconds) => feeds.hidePieces()(receiptHandle, seconds),
  () => async (pieces) => {
    for (const { message } of pieces) await feeds.applyPiece()(message);
  },
);
