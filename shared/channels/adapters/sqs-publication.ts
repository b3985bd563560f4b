import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type {
  PublicationMessage,
  PublicationQueue,
  RefusedFigures,
} from '../application/publication-ports.ts';
import type { ConnectionRef } from '../domain/delivery.ts';

const groupOf = ({ channel, connection }: ConnectionRef): string => `${channel}_${connection}`;

/**
 * A page of a resync is asked for once, however often. Two messages of changes never stand for each other: the second
 * may tell of what came after the first was worked off.
 */
const deduplicationOf = (message: PublicationMessage): string =>
  message.type === 'resync'
    ? `${groupOf(message)}_${message.resyncId}_${message.page}`.replace(/[^\w.:-]/g, '_').slice(-128)
    : randomUUID();

/** One by one: there is one message a shop as a rule, and IAM knows no right to send batches. */
const sendAll = async (
  client: SQSClient,
  QueueUrl: string,
  messages: readonly {
    readonly ref: ConnectionRef;
    readonly body: unknown;
    readonly deduplication: string;
  }[],
): Promise<void> => {
  for (const { ref, body, deduplication } of messages)
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: JSON.stringify(body),
        MessageGroupId: groupOf(ref),
        MessageDeduplicationId: deduplication,
      }),
    );
};

/** The FIFO queue of what is to be told: a shop is a message group, so its messages keep their order. */
export const makeSqsPublicationQueue = (client: () => SQSClient, queueUrl: string): PublicationQueue => ({
  send: async (messages) => {
    if (messages.length === 0) return;
    await sendAll(
      client(),
      queueUrl,
      messages.map((message) => ({ ref: message, body: message, deduplication: deduplicationOf(message) })),
    );
  },
});

/** Figures that a shop refuses go where messages end that keep failing; moved back, they are told again. */
export const makeSqsRefusedFigures = (client: () => SQSClient, deadLettersUrl: string): RefusedFigures => ({
  bury: ({ channel, connection }, refused) => {
    const skus = refused.map(({ sku }) => sku);
    const statuses = [...new Set(refused.map(({ status }) => status))];
    const body = { type: 'changed', channel, connection, skus, isUnsure: true, refusedWith: statuses };
    return sendAll(client(), deadLettersUrl, [
      { ref: { channel, connection }, body, deduplication: randomUUID() },
    ]);
  },
});
