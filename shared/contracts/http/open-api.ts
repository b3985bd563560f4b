import * as z from 'zod';
import { problem } from './problem.ts';
import type { AnyRoute } from './route.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const parametersOf = (route: AnyRoute): readonly Json[] => {
  const fields = (schema: z.ZodType, place: 'path' | 'query'): readonly Json[] => {
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: field,
    }));
  };
  const headers = (route.headers ?? []).map(({ name, required, description }) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  }));
  return [...fields(route.pathParameters, 'path'), ...fields(route.query, 'query'), ...headers];
};

const bodyOf = (route: AnyRoute): Json => {
  const takesBody = route.bodyTypes !== undefined || (route.method !== 'GET' && route.method !== 'DELETE');
  if (!takesBody) return {};
  const types = route.bodyTypes ?? ['application/json'];
  const schema = schemaOf(route.body, 'input');
  const isEmpty =
    Object.keys((schema['properties'] as Json | undefined) ?? {}).length === 0 && schema['type'] === 'object';
  if (isEmpty) return {};
  return {
    requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) },
  };
};

const PROBLEMS: Readonly<Record<string, string>> = {
  '400': 'not readable',
  '401': 'no key, or a wrong signature',
  '403': 'this key may not',
  '404': 'not there',
  '409': 'the state does not allow it',
  '422': 'does not make sense',
  '5XX': 'not now: try again',
};

const responsesOf = (route: AnyRoute): Json => ({
  ...Object.fromEntries(
    Object.entries(route.responses).map(([status, { description, schema }]) => [
      status,
      {
        description,
        ...(schema === undefined
          ? {}
          : { content: { 'application/json': { schema: schemaOf(schema, 'output') } } }),
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, description]) => [
      status,
      {
        description,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  ),
});

/** The OpenAPI 3.1 document of these routes: made of the very schemas that the handlers parse by. */
export const openApiOf = (routes: readonly AnyRoute[], version: string): Json => {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const isOpen = route.scopes.includes('public') || route.scopes.includes('webhook');
    (paths[route.path] ??= {})[route.method.toLowerCase()] = {
      operationId: route.handler.split('/').at(-1),
      tags: [route.tag],
      summary: route.summary,
      ...(route.description === undefined ? {} : { description: route.description }),
      parameters: parametersOf(route),
      ...bodyOf(route),
      responses: responsesOf(route),
      security: isOpen ? [] : [{ apiKey: [] }],
      ...(isOpen ? {} : { 'x-scopes': route.scopes }),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Switchyard',
      version,
      description: 'Distributed order management: orders in, stock true, parcels out.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
    },
  };
};
