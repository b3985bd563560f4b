import { mendCell } from '../../../shared/contracts/inventory/books-routes.ts';
import { mendReply } from '../../../shared/inventory/adapters/books-mapping.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = apiHandler(mendCell, async ({ path, body: { dryRun, ...body }, caller }) =>
  mendReply(
    await booksDeps.mendCell()({ cell: path, ...body, isDryRun: dryRun, actor: actorOf(caller).name }),
  ),
);
