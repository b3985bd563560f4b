import { publicationMessage } from '../../../shared/channels/adapters/publication-messages.ts';
import { orderedConsumer } from '../../../shared/platform/lambda/ordered-consumer.ts';
import { publication } from '../publication.deps.ts';

export const handler = orderedConsumer(
  publicationMessage,
  (receiptHandle, seconds) => publication.hide()(receiptHandle, seconds),
  () => {
    const workOff = publication.beginTurn();
    return async (messages) => {
      const [first] = messages;
      if (first !== undefined) await workOff(first.message, messages);
    };
  },
);
