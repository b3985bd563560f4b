import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Reply } from './reply.ts';

/** The bytes as they came. */
export const rawBodyOf = (event: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value).replace(/%2f/gi, '/');
  } catch {
    return value;
  }
};

/**
 * HTTP API hands path parameters over still percent-encoded where the path held `%`; a SKU may hold anything. A slash
 * may come encoded twice (the local front door has to), so it is read in either form.
 */
export const pathParametersOf = (event: APIGatewayProxyEventV2): Record<string, string> =>
  Object.fromEntries(
    Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, decode(value ?? '')]),
  );

export const toResult = (reply: Reply): APIGatewayProxyStructuredResultV2 => ({
  statusCode: reply.status,
  headers: { 'content-type': reply.contentType ?? 'application/json', ...reply.headers },
  body: typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}),
});
