import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { logger } from '../observability.ts';

/** A message, and whether it has been worked on before: then nobody knows how far that went. */
export type Received<Message> = { readonly message: Message; readonly isRepeated: boolean };

/** Keeps the messages of a group out of sight for so long; the group waits with them. */
export type Hide = (receiptHandle: string, seconds: number) => Promise<void>;

const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 900;

const receivedTimes = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount);

/** As long as whoever failed asked for, else twice as long after each failure. */
const pauseOf = (error: unknown, times: number): number => {
  const asked =
    typeof error === 'object' && error !== null && 'retryAfterMs' in error ? Number(error.retryAfterMs) : 0;
  const seconds = asked > 0 ? Math.ceil(asked / 1_000) : FIRST_PAUSE_SECONDS * 2 ** (times - 1);
  return Math.min(LONGEST_PAUSE_SECONDS, seconds);
};

/**
 * Makes the Lambda behind a FIFO queue. The messages of a batch that belong to one group are worked off together, the
 * groups beside each other; a group that fails is hidden for a while and comes again in its order. `begin` makes the
 * reaction to one batch, in which groups may share what they read; it must be harmless when called twice.
 */
export const orderedConsumer = <Message>(
  schema: z.ZodType<Message>,
  hide: Hide,
  begin: () => (messages: readonly Received<Message>[]) => Promise<void>,
) => {
  const read = (record: SQSRecord): Received<Message> => ({
    message: schema.parse(JSON.parse(record.body)),
    isRepeated: receivedTimes(record) > 1,
  });

  const failedOf = async (
    records: readonly SQSRecord[],
    react: ReturnType<typeof begin>,
  ): Promise<readonly SQSRecord[]> => {
    try {
      await react(records.map(read));
      return [];
    } catch (error) {
      logger.error('a group of messages failed', { error: error as Error });
      for (const record of records) await hide(record.receiptHandle, pauseOf(error, receivedTimes(record)));
      return records;
    }
  };

  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: SQSEvent) => {
      const groups = Map.groupBy(event.Records, ({ attributes }) => attributes.MessageGroupId);
      const react = begin();
      const failed = await Promise.all([...groups.values()].map((records) => failedOf(records, react)));
      return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
};
