import { getChannelAvailability } from '../../../shared/contracts/channels/publication.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { publication } from '../publication.deps.ts';

export const handler = apiHandler(getChannelAvailability, async ({ path }) => {
  const sellable = await publication.explainSellable()(path, path.sku);
  return sellable === undefined
    ? problemReply('not-found', 'no node has ever held this SKU')
    : reply(200, { ...path, ...sellable });
});
