import { extendReservation } from '../../../shared/contracts/inventory/reservation-routes.ts';
import { basketReply } from '../../../shared/inventory/adapters/basket-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(extendReservation, async ({ path, body }) =>
  basketReply(await deps.extendBasket()(path.reservationId, body.minutes), deps.now()),
);
