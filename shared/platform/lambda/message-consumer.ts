import middy from '@middy/core';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { logger } from '../observability.ts';

/**
 * Makes the Lambda behind a queue of messages that are no events of our bus: what AWS tells of, or work that a context
 * leaves to itself. Each succeeds or fails alone; `run` must be harmless when called twice.
 */
export const messageConsumer = <Message extends z.ZodType>(
  schema: Message,
  run: (message: z.output<Message>) => Promise<void>,
) => {
  const processor = new BatchProcessor(EventType.SQS, { logger });
  const one = (record: SQSRecord): Promise<void> => run(schema.parse(JSON.parse(record.body)));
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: SQSEvent, context) =>
      processPartialResponse(event, one, processor, { context, throwOnFullBatchFailure: false }),
    );
};
