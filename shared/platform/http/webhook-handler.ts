import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { logger } from '../observability.ts';
import { pathParametersOf, rawBodyOf, toResult } from './event-mapping.ts';
import { problemReply } from './problem-reply.ts';
import type { Reply } from './reply.ts';

export type WebhookRequest = {
  readonly path: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
  readonly header: (name: string) => string | undefined;
};

/**
 * Makes the Lambda of a webhook: as `apiHandler`, without the schemas, which weigh more than all else on this path. The
 * signature says who is calling, and the body is not looked into. A thrown fault becomes 503: deliver again.
 */
export const webhookHandler = (run: (request: WebhookRequest) => Promise<Reply>) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: APIGatewayProxyEventV2) => {
      try {
        return toResult(
          await run({
            path: pathParametersOf(event),
            rawBody: rawBodyOf(event),
            header: (name) => event.headers[name.toLowerCase()],
          }),
        );
      } catch (error) {
        logger.error('the webhook was not kept', { error: error as Error });
        return toResult(problemReply('unavailable', 'not kept: deliver it again'));
      }
    });
