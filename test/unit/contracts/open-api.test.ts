import { existsSync } from 'node:fs';
import { allRoutes } from '../../../shared/contracts/http/all-routes.ts';
import { openApiOf } from '../../../shared/contracts/http/open-api.ts';

const document = openApiOf(allRoutes, '1.0.0') as {
  paths: Record<string, Record<string, { parameters: { name: string; in: string }[]; operationId: string }>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.values(methods).map((operation) => ({ path, operation })),
);

describe('the OpenAPI document', () => {
  it('holds every route once, under an operation id of its own', () => {
    expect(operations).toHaveLength(allRoutes.length);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(allRoutes.length);
  });

  it('describes every parameter that its paths name', () => {
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const described = operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      expect(described.sort()).toEqual(named.sort());
    }
  });
});

describe('the routes', () => {
  it.each(allRoutes.map((route) => [route.handler]))('%s has its Lambda', (handler) => {
    expect(existsSync(`functions/${handler}.ts`)).toBe(true);
  });
});
