import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { busEvent, type EventContract } from '../../contracts/events/envelope.ts';
import { logger } from '../observability.ts';

/**
 * Makes the Lambda behind a queue whose events tell of many things (`partsOf`), and where all that is told of one key
 * is one thing to do: what a batch holds of a key is reacted to once, and succeeds or fails together with the messages
 * that told of it. `react` must be harmless when called twice or late.
 */
export const coalescingConsumer = <Data extends z.ZodType, Part>(
  contract: EventContract<Data>,
  reading: {
    readonly partsOf: (data: z.output<Data>) => readonly Part[];
    readonly keyOf: (part: Part) => string;
  },
  react: (parts: readonly [Part, ...Part[]]) => Promise<void>,
) => {
  const schema = busEvent(contract);
  type Group = { readonly messageIds: Set<string>; readonly parts: [Part, ...Part[]] };

  const failedOf = async ({ messageIds, parts }: Group): Promise<readonly string[]> => {
    try {
      await react(parts);
      return [];
    } catch (error) {
      logger.error('the reaction failed', { detailType: contract.detailType, error: error as Error });
      return [...messageIds];
    }
  };

  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: SQSEvent) => {
      const groups = new Map<string, Group>();
      const failed = new Set<string>();
      for (const { messageId, body } of event.Records) {
        try {
          for (const part of reading.partsOf(schema.parse(JSON.parse(body)).detail.data)) {
            const key = reading.keyOf(part);
            const group = groups.get(key);
            if (group === undefined) groups.set(key, { messageIds: new Set([messageId]), parts: [part] });
            else {
              group.messageIds.add(messageId);
              group.parts.push(part);
            }
          }
        } catch (error) {
          logger.error('the event cannot be read', { messageId, error: error as Error });
          failed.add(messageId);
        }
      }
      for (const group of groups.values()) {
        for (const messageId of await failedOf(group)) failed.add(messageId);
      }
      return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
    });
};
