import { getAvailability } from '../../../shared/contracts/inventory/supply-routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getAvailability, async ({ path, query }) => {
  const availability = await deps.readExpectedAvailability()(path.sku, query.by);
  return availability.ok
    ? reply(200, availability.value)
    : problemReply('unprocessable', 'by: this day is past');
});
