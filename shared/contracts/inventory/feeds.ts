import * as z from 'zod';
import { nothing, pageOf, pageQuery } from '../http/pages.ts';
import { defineRoute } from '../http/route.ts';
import { instant, nodeId } from '../scalars.ts';

const feedId = z
  .string()
  .regex(/^[a-z0-9-]{1,40}\.\d{1,12}(?:\.[A-Za-z0-9_-]{1,40})?$/, { error: 'is not a feed id' })
  .meta({
    description: '<stream>.<sequence>, or <stream>.<sequence>.<node>',
    example: 'stock.42.DC-EAST',
  });
const chunkNumber = z.coerce.number().int().min(1).max(1_000_000);

const rows = z.int().meta({ description: 'rows' });

export const feed = z.object({
  feedId,
  kind: z.enum(['snapshot', 'delta']),
  stream: z.string(),
  sequence: z.int(),
  nodeId: nodeId.optional(),
  asOf: instant,
  status: z.enum(['open', 'applying', 'done', 'refused']),
  refused: z.string().optional().meta({ description: 'why none of it could be read' }),
  openedAt: instant,
  openedBy: z.string(),
  closedAt: instant.optional(),
  finishedAt: instant.optional(),
  chunks: z.int(),
  pieces: z.int(),
  piecesApplied: z.int(),
  rows,
  applied: rows.meta({ description: 'rows that changed a position' }),
  unchanged: rows.meta({ description: 'rows that said what was known' }),
  settling: rows.meta({
    description: 'rows that differ by what bookings of the same minutes explain: left alone',
  }),
  unknown: rows.meta({ description: 'rows without a figure: left alone, not taken for zero' }),
  stale: rows.meta({ description: 'rows that are no newer than a figure that was taken before' }),
  rejected: rows,
  drift: z.object({ cells: z.int(), units: z.int(), frozen: z.int() }),
});

export const openFeed = defineRoute({
  handler: 'inventory/api/open-feed',
  method: 'POST',
  path: '/v1/feeds',
  scopes: ['operator', 'node'],
  tag: 'Feeds',
  summary: 'Open a feed: the figures of a node as of a moment, or what has changed there',
  description:
    'The same stream, sequence and node is the same feed, however often it is opened. Without `nodeId` the rows name their nodes. `asOf` is when the node counted, at most 30 days ago; a row may name its own.',
  pathParameters: nothing,
  query: nothing,
  body: z.strictObject({
    kind: z.enum(['snapshot', 'delta']),
    stream: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, { error: 'is not a-z, 0-9 and -, at most 40' })
      .default('stock'),
    sequence: z.int().min(0).max(999_999_999_999),
    nodeId: nodeId.optional(),
    asOf: instant,
  }),
  responses: { 200: { description: 'the feed', schema: feed } },
});

export const putFeedChunk = defineRoute({
  handler: 'inventory/api/put-feed-chunk',
  method: 'PUT',
  path: '/v1/feeds/{feedId}/chunks/{chunk}',
  scopes: ['operator', 'node'],
  tag: 'Feeds',
  summary: 'Send a chunk of a feed, in any order; it is applied at once',
  description:
    'CSV with a header row, or JSON `{ "rows": [ … ] }`, with the columns sku, nodeId (unless the feed names its node), onHand (snapshot) or change (delta) and, optionally, asOf. At most 500 rows and 1 MB. A blank or null figure means unknown. The same chunk again has its effect once; another content under its number is refused.',
  pathParameters: z.object({ feedId, chunk: chunkNumber }),
  query: z.object({
    firstRow: z.coerce
      .number()
      .int()
      .min(2)
      .max(1_000_000_000)
      .default(2)
      .meta({ description: 'the number of its first row in the whole feed; the header is row 1' }),
  }),
  body: z.string().max(1_000_000),
  bodyTypes: ['text/csv', 'application/json'],
  responses: { 202: { description: 'it is kept, and being applied', schema: z.object({ rows: z.int() }) } },
});

export const closeFeed = defineRoute({
  handler: 'inventory/api/close-feed',
  method: 'POST',
  path: '/v1/feeds/{feedId}/close',
  scopes: ['operator', 'node'],
  tag: 'Feeds',
  summary: 'Say that all chunks have been sent',
  pathParameters: z.object({ feedId }),
  query: nothing,
  body: z.strictObject({ chunks: z.int().min(0).max(1_000_000) }),
  responses: { 200: { description: 'the feed', schema: feed } },
});

export const getFeed = defineRoute({
  handler: 'inventory/api/get-feed',
  method: 'GET',
  path: '/v1/feeds/{feedId}',
  scopes: ['reader', 'node'],
  tag: 'Feeds',
  summary: 'How far a feed has come, and what came of it',
  pathParameters: z.object({ feedId }),
  query: nothing,
  body: nothing,
  responses: { 200: { description: 'the feed', schema: feed } },
});

export const feedRowNote = z.object({
  row: z.int().meta({ description: 'the number of the row in the whole feed; the header is row 1' }),
  outcome: z.enum(['applied', 'settling', 'stale', 'rejected']),
  reason: z.string(),
  sku: z.string().optional(),
  nodeId: z.string().optional(),
  isFrozen: z.boolean().optional(),
});

export const listFeedRows = defineRoute({
  handler: 'inventory/api/list-feed-rows',
  method: 'GET',
  path: '/v1/feeds/{feedId}/rows',
  scopes: ['reader', 'node'],
  tag: 'Feeds',
  summary: 'The rows of a feed that somebody should look at: rejected, stale, settling, or off by some units',
  pathParameters: z.object({ feedId }),
  query: pageQuery,
  body: nothing,
  responses: { 200: { description: 'a page of rows', schema: pageOf(feedRowNote) } },
});
