import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { pathParametersOf } from '../../../shared/platform/http/event-mapping.ts';

const read = (sku: string) =>
  pathParametersOf({ pathParameters: { sku } } as unknown as APIGatewayProxyEventV2)['sku'];

describe('a path parameter', () => {
  it.each([
    ['MUG-RED', 'MUG-RED'],
    ['SKU%20%2F%20%C3%A4', 'SKU / ä'],
    ['SKU%20%252F%20%C3%A4', 'SKU / ä'],
    ['SKU / ä', 'SKU / ä'],
    ['100%', '100%'],
  ])('%p is read as %p', (given, expected) => {
    expect(read(given)).toBe(expected);
  });
});
