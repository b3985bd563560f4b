import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { reply } from '../../../shared/platform/http/reply.ts';
import { webhookHandler } from '../../../shared/platform/http/webhook-handler.ts';

const event = {
  headers: {},
  pathParameters: {},
  body: '{}',
  isBase64Encoded: false,
} as unknown as APIGatewayProxyEventV2;
const call = async (handler: ReturnType<typeof webhookHandler>): Promise<APIGatewayProxyStructuredResultV2> =>
  handler(event, { functionName: 'receive-webhook' } as Context);

describe('the handler of a webhook', () => {
  it('answers what the use case answers', async () => {
    expect(await call(webhookHandler(async () => reply(202, { repeated: false })))).toMatchObject({
      statusCode: 202,
    });
  });

  it('answers 503, never 2xx, when the delivery could not be kept', async () => {
    const failing = webhookHandler(async () => Promise.reject(new Error('the table is away')));
    const answer = await call(failing);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toContain('the table is away');
  });
});
