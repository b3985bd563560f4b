import { startResync } from '../../../shared/contracts/channels/publication.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { publication } from '../publication.deps.ts';

export const handler = apiHandler(startResync, async ({ path }) =>
  reply(202, await publication.startResync()(path)),
);
