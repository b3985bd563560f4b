import { thawCell } from '../../../shared/contracts/inventory/books-routes.ts';
import { freezeReply } from '../../../shared/inventory/adapters/books-mapping.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = apiHandler(thawCell, async ({ path, body, caller }) =>
  freezeReply(await booksDeps.thawCell()({ cell: path, reason: body.reason, actor: actorOf(caller).name })),
);
