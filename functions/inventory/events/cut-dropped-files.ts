import { droppedFile } from '../../../shared/inventory/adapters/feed-messages.ts';
import { messageConsumer } from '../../../shared/platform/lambda/message-consumer.ts';
import { feeds } from '../feeds.deps.ts';

export const handler = messageConsumer(droppedFile, ({ key, bookmark }) =>
  feeds.cutDroppedFile()(key, bookmark),
);
