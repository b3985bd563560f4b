import { auditStock } from '../../../shared/contracts/inventory/books-routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { booksDeps } from '../books.deps.ts';

/** Entries looked at for each position asked for: most of a store is history. */
const ENTRIES = 10;

export const handler = apiHandler(auditStock, async ({ query }) =>
  reply(200, await booksDeps.auditStock()({ limit: query.limit * ENTRIES, cursor: query.cursor })),
);
