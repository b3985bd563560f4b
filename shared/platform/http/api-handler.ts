import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { Route, Scope } from '../../contracts/http/route.ts';
import { logger } from '../observability.ts';
import { callerOf, type Caller } from './caller.ts';
import { pathParametersOf, rawBodyOf, toResult } from './event-mapping.ts';
import { problemReply } from './problem-reply.ts';
import type { Reply } from './reply.ts';
import { Unreadable } from './unreadable.ts';

export type ApiRequest<Path, Query, Body> = {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The bytes as they came: signatures are checked on these. */
  readonly rawBody: Buffer;
  readonly header: (name: string) => string | undefined;
  readonly caller: Caller;
};

const isJson = (types: readonly string[] | undefined): boolean => types === undefined;

const parseBody = (raw: Buffer, types: readonly string[] | undefined): unknown => {
  if (!isJson(types)) return raw.toString('utf8');
  if (raw.length === 0) return {};
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new Unreadable('body', 'is not JSON');
  }
};

const mayCall = (scopes: readonly Scope[], caller: Caller): boolean =>
  scopes.includes('public') ||
  scopes.includes('webhook') ||
  caller.scope === 'operator' ||
  (caller.scope !== 'none' && scopes.includes(caller.scope));

/**
 * Makes the Lambda of one endpoint: checks the caller's scope, parses path, query and body by the route's schemas,
 * runs the use case and maps whatever comes to JSON or a problem document. A thrown fault becomes 500 and is logged
 * without the request's content.
 */
export const apiHandler = <Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  route: Route<Path, Query, Body>,
  run: (request: ApiRequest<z.output<Path>, z.output<Query>, z.output<Body>>) => Promise<Reply>,
) => {
  const answer = async (event: APIGatewayProxyEventV2): Promise<Reply> => {
    const caller = callerOf(event);
    if (!mayCall(route.scopes, caller))
      return problemReply('forbidden', `needs one of: ${route.scopes.join(', ')}`);
    const rawBody = rawBodyOf(event);
    const parts = {
      path: route.pathParameters.safeParse(pathParametersOf(event)),
      query: route.query.safeParse(event.queryStringParameters ?? {}),
      body: route.body.safeParse(parseBody(rawBody, route.bodyTypes)),
    };
    const errors = Object.entries(parts).flatMap(([part, result]) =>
      (result.error?.issues ?? []).map((issue) => ({
        at: [part, ...issue.path.map(String)].join('.'),
        reason: issue.message,
      })),
    );
    if (!parts.path.success || !parts.query.success || !parts.body.success) {
      return problemReply('unprocessable', 'some fields are not as the API document says', errors);
    }
    return run({
      path: parts.path.data,
      query: parts.query.data,
      body: parts.body.data,
      rawBody,
      header: (name) => event.headers[name.toLowerCase()],
      caller,
    });
  };

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: APIGatewayProxyEventV2) => {
      try {
        return toResult(await answer(event), event.headers['accept-encoding']);
      } catch (error) {
        if (error instanceof Unreadable) {
          return toResult(problemReply('malformed', undefined, [{ at: error.at, reason: error.message }]));
        }
        logger.error('the request failed', { route: route.handler, error: error as Error });
        return toResult(problemReply('internal'));
      }
    });
};
