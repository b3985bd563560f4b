import { gzipSync } from 'node:zlib';
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

/** A Lambda's answer holds 6 MB at most: beyond this it is worth packing, for callers that can unpack it. */
const PACKED_FROM_CHARACTERS = 1_000_000;

const isGzipTaken = (acceptEncoding: string | undefined): boolean =>
  (acceptEncoding ?? '').split(',').some((each) => each.split(';')[0]?.trim().toLowerCase() === 'gzip');

/** `acceptEncoding`: the caller's header; without it a body goes out as it is, however large. */
export const toResult = (reply: Reply, acceptEncoding?: string): APIGatewayProxyStructuredResultV2 => {
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
  const headers = { 'content-type': reply.contentType ?? 'application/json', ...reply.headers };
  if (body.length < PACKED_FROM_CHARACTERS || !isGzipTaken(acceptEncoding))
    return { statusCode: reply.status, headers, body };
  return {
    statusCode: reply.status,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: gzipSync(body).toString('base64'),
    isBase64Encoded: true,
  };
};
