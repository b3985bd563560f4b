import { listStockPrices } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(listStockPrices, async ({ query }) => {
  const prices = await deps.readStockPrices()(query);
  return prices === undefined
    ? problemReply('not-found', 'nobody has valued the stock yet')
    : reply(200, prices);
});
