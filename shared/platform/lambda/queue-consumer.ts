import middy from '@middy/core';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { busEvent, type EventContract, type EventMetadata } from '../../contracts/events/envelope.ts';
import { logger } from '../observability.ts';

/** One kind of event and what is done about it. `react` must be harmless when called twice or late. */
export type Reaction = { readonly detailType: string; readonly react: (event: unknown) => Promise<void> };

export const on = <Data extends z.ZodType>(
  contract: EventContract<Data>,
  react: (data: z.output<Data>, metadata: EventMetadata) => Promise<void>,
): Reaction => {
  const schema = busEvent(contract);
  return {
    detailType: contract.detailType,
    react: async (event) => {
      const { detail } = schema.parse(event);
      await react(detail.data, detail.metadata);
    },
  };
};

/**
 * Makes the Lambda behind a queue of bus events. Each record succeeds or fails alone; what keeps failing ends in the
 * dead-letter queue with its alarm.
 */
export const queueConsumer = (...reactions: readonly Reaction[]) => {
  const processor = new BatchProcessor(EventType.SQS, { logger });
  const one = async (record: SQSRecord): Promise<void> => {
    const event = JSON.parse(record.body) as { 'detail-type'?: unknown };
    const reaction = reactions.find((candidate) => candidate.detailType === event['detail-type']);
    if (reaction === undefined) throw new Error(`no reaction to ${String(event['detail-type'])}`);
    await reaction.react(event);
  };
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: SQSEvent, context) =>
      processPartialResponse(event, one, processor, { context, throwOnFullBatchFailure: false }),
    );
};
