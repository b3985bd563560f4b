import { proveCell } from '../../../shared/contracts/inventory/books-routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = apiHandler(proveCell, async ({ path, body }) =>
  reply(200, await booksDeps.proveCell()(path, body.claims)),
);
