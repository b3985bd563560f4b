import { getReservation } from '../../../shared/contracts/inventory/reservation-routes.ts';
import { basketReply } from '../../../shared/inventory/adapters/basket-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(getReservation, async ({ path }) =>
  basketReply(await deps.readBasket()(path.reservationId), deps.now()),
);
