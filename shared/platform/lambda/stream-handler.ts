import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../observability.ts';

export type TableChange = {
  readonly name: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly before: Record<string, unknown> | undefined;
  readonly after: Record<string, unknown> | undefined;
};

const image = (attributes: unknown): Record<string, unknown> | undefined =>
  attributes === undefined ? undefined : unmarshall(attributes as Record<string, AttributeValue>);

/**
 * Makes the Lambda of a table's stream. A fault is thrown, and the whole batch comes again: what `run` does must be
 * harmless when done twice. (Partial batch answers are not used: a fault in order-keeping sources has to stop the
 * shard, and the on-failure queue catches what does not pass.)
 */
export const streamHandler = (run: (changes: readonly TableChange[]) => Promise<void>) =>
  middy<DynamoDBStreamEvent, void>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: DynamoDBStreamEvent) => {
      await run(
        event.Records.map((record) => ({
          name: record.eventName ?? 'MODIFY',
          before: image(record.dynamodb?.OldImage),
          after: image(record.dynamodb?.NewImage),
        })),
      );
    });
