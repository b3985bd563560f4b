import { dropReservation } from '../../../shared/contracts/inventory/reservation-routes.ts';
import { basketReply } from '../../../shared/inventory/adapters/basket-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(dropReservation, async ({ path }) =>
  basketReply(await deps.releaseBasket()(path.reservationId), deps.now()),
);
