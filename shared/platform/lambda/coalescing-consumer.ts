import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { busEvent, type EventContract } from '../../contracts/events/envelope.ts';
import { logger } from '../observability.ts';

/**
 * Makes the Lambda behind a queue whose events of one key are one thing to do: all that a batch holds of a key is
 * reacted to once, and succeeds or fails together. `react` must be harmless when called twice or late.
 */
export const coalescingConsumer = <Data extends z.ZodType>(
  contract: EventContract<Data>,
  keyOf: (data: z.output<Data>) => string,
  react: (data: readonly [z.output<Data>, ...z.output<Data>[]]) => Promise<void>,
) => {
  const schema = busEvent(contract);
  type Group = { readonly messageIds: string[]; readonly data: [z.output<Data>, ...z.output<Data>[]] };

  const failedOf = async ({ messageIds, data }: Group): Promise<readonly string[]> => {
    try {
      await react(data);
      return [];
    } catch (error) {
      logger.error('the reaction failed', { detailType: contract.detailType, error: error as Error });
      return messageIds;
    }
  };

  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: SQSEvent) => {
      const groups = new Map<string, Group>();
      const failed: string[] = [];
      for (const { messageId, body } of event.Records) {
        try {
          const { data } = schema.parse(JSON.parse(body)).detail;
          const group = groups.get(keyOf(data));
          if (group === undefined) groups.set(keyOf(data), { messageIds: [messageId], data: [data] });
          else {
            group.messageIds.push(messageId);
            group.data.push(data);
          }
        } catch (error) {
          logger.error('the event cannot be read', { messageId, error: error as Error });
          failed.push(messageId);
        }
      }
      for (const group of groups.values()) failed.push(...(await failedOf(group)));
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });
};
