import * as z from 'zod';
import { importQuery, importReport, nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { nodeId, sku } from '../scalars.ts';
import { item, itemDetails } from './item.ts';
import { node, nodeDetails } from './node.ts';

const CSV = ['text/csv'] as const;
const ONE_IMPORT = 'At most 1,000 rows and 1 MB a call: split larger files, each call stands alone.';

export const putNode = defineRoute({
  handler: 'network/api/put-node',
  method: 'PUT',
  path: '/v1/nodes/{nodeId}',
  scopes: ['operator'],
  tag: 'Network',
  summary: 'Add a node or replace what is known of it',
  pathParameters: z.object({ nodeId }),
  query: nothing,
  body: nodeDetails,
  responses: { 200: { description: 'the node as stored', schema: node } },
});

export const listNodes = defineRoute({
  handler: 'network/api/list-nodes',
  method: 'GET',
  path: '/v1/nodes',
  scopes: ['reader', 'node'],
  tag: 'Network',
  summary: 'List the nodes',
  pathParameters: nothing,
  query: pageQuery,
  body: nothing,
  responses: { 200: { description: 'a page of nodes', schema: pageOf(node) } },
});

export const importNodes = defineRoute({
  handler: 'network/api/import-nodes',
  method: 'POST',
  path: '/v1/nodes',
  scopes: ['operator'],
  tag: 'Network',
  summary: 'Import nodes from CSV',
  description: `Columns: nodeId, name, type and, as far as known, status, snoozedUntil, capabilities (words apart by blanks), timeZone, workingDays (mon tue ...), closedDates, cutOff, handlingDays, priority, ordersPerDay, linesPerDay, unitsPerDay, perShipmentCost, perUnitCost, acceptWithinMinutes, shipWithinMinutes, endpoint, line1, city, region, postcode, country, latitude, longitude. ${ONE_IMPORT}`,
  pathParameters: nothing,
  query: importQuery,
  body: z.string(),
  bodyTypes: CSV,
  responses: { 200: { description: 'what was taken and what was not', schema: importReport } },
});

export const putItem = defineRoute({
  handler: 'network/api/put-item',
  method: 'PUT',
  path: '/v1/items/{sku}',
  scopes: ['operator'],
  tag: 'Network',
  summary: 'Add an item or replace what is known of it',
  pathParameters: z.object({ sku }),
  query: nothing,
  body: itemDetails,
  responses: { 200: { description: 'the item as stored', schema: item } },
});

export const listItems = defineRoute({
  handler: 'network/api/list-items',
  method: 'GET',
  path: '/v1/items',
  scopes: ['reader', 'node'],
  tag: 'Network',
  summary: 'List the items',
  pathParameters: nothing,
  query: pageQuery,
  body: nothing,
  responses: { 200: { description: 'a page of items', schema: pageOf(item) } },
});

export const importItems = defineRoute({
  handler: 'network/api/import-items',
  method: 'POST',
  path: '/v1/items',
  scopes: ['operator'],
  tag: 'Network',
  summary: 'Import items from CSV',
  description: `Columns: sku, title and, as far as known, weightGrams, barcode, price, currency, requires (words apart by blanks), status. ${ONE_IMPORT}`,
  pathParameters: nothing,
  query: importQuery,
  body: z.string(),
  bodyTypes: CSV,
  responses: { 200: { description: 'what was taken and what was not', schema: importReport } },
});
