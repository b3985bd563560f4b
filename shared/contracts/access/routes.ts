import * as z from 'zod';
import { nothing } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { nodeId } from '../scalars.ts';

export const issueKey = defineRoute({
  handler: 'access/api/issue-key',
  method: 'POST',
  path: '/v1/keys',
  scopes: ['operator'],
  tag: 'Access',
  summary: 'Issue an API key; it is shown once and kept as a hash',
  pathParameters: nothing,
  query: nothing,
  body: z.discriminatedUnion('scope', [
    z.strictObject({ scope: z.enum(['reader', 'operator']), label: z.string().min(1).max(100) }),
    z.strictObject({ scope: z.literal('node'), nodeId, label: z.string().min(1).max(100) }),
  ]),
  responses: { 201: { description: 'the key', schema: z.object({ keyId: z.string(), key: z.string() }) } },
});

export const readApiDocument = defineRoute({
  handler: 'access/api/read-api-document',
  method: 'GET',
  path: '/openapi.json',
  scopes: ['public'],
  tag: 'Access',
  summary: 'This document: OpenAPI 3.1',
  pathParameters: nothing,
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'OpenAPI 3.1' } },
});

export const readApiPage = defineRoute({
  handler: 'access/api/read-api-page',
  method: 'GET',
  path: '/docs',
  scopes: ['public'],
  tag: 'Access',
  summary: 'A page to read the API on',
  pathParameters: nothing,
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'HTML' } },
});
