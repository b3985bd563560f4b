import { holdReservation } from '../../../shared/contracts/inventory/reservation-routes.ts';
import { heldReply, holdCommandFrom } from '../../../shared/inventory/adapters/basket-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(holdReservation, async ({ body }) =>
  heldReply(await deps.holdBasket()(holdCommandFrom(body)), deps.now()),
);
