import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import { logger } from '../../../shared/platform/observability.ts';
import { deps } from '../deps.ts';

type CallerContext = { readonly keyId: string; readonly scope: string; readonly nodeId: string };
type Answer = APIGatewaySimpleAuthorizerWithContextResult<CallerContext>;

const NOBODY: Answer = { isAuthorized: false, context: { keyId: '', scope: '', nodeId: '' } };

export const handler = middy<APIGatewayRequestAuthorizerEventV2, Answer>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .handler(async (event: APIGatewayRequestAuthorizerEventV2) => {
    const answer = await deps.authorize()(event.headers?.['authorization']);
    if (!answer.allowed) return NOBODY;
    const { keyId, grant } = answer;
    return {
      isAuthorized: true,
      context: { keyId, scope: grant.scope, nodeId: grant.scope === 'node' ? grant.nodeId : '' },
    };
  });
