import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type * as z from 'zod';
import { logger } from '../observability.ts';

/**
 * Makes the Lambda of one workflow task. What the workflow branches on is returned as a value; a throw is a fault,
 * retried by the state's Retry.
 */
export const taskHandler = <Input extends z.ZodType, Output>(
  input: Input,
  run: (input: z.output<Input>) => Promise<Output>,
) =>
  middy<unknown, Output>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: unknown) => run(input.parse(event)));
