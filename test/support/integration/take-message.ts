import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { eventually } from './stack.ts';

const sqs = new SQSClient();

/**
 * Waits for the message that holds the text and takes it out of the queue, as an operator does who has seen to it; the
 * others stay. Fails when there is more than one of them.
 */
export const takeMessage = async (queue: string, text: string): Promise<string> => {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `switchyard-local-${queue}` }));
  const found = await eventually(
    async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
      );
      return Messages.filter(({ Body }) => Body?.includes(text));
    },
    (messages) => messages.length > 0,
  );
  for (const { ReceiptHandle } of found)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  expect(found).toHaveLength(1);
  return found[0]?.Body ?? '';
};
