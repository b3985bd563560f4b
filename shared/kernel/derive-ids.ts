import {
  isFulfilmentOrderId,
  isReservationId,
  type FulfilmentOrderId,
  type NodeId,
  type OrderId,
  type ReservationId,
} from './ids.ts';
import { BrokenInvariant } from './result.ts';

/** The same routing of the same order always claims under the same id, so a retried claim finds the first one. */
export const reservationIdOf = (order: OrderId, revision: number): ReservationId => {
  const id = `${order}.${revision}`;
  if (!isReservationId(id)) throw new BrokenInvariant(`routing revision ${revision} is out of range`);
  return id;
};

export const fulfilmentOrderIdOf = (reservation: ReservationId, node: NodeId): FulfilmentOrderId => {
  const id = `${reservation}.${node}`;
  if (!isFulfilmentOrderId(id))
    throw new BrokenInvariant('a reservation id and a node id make a fulfilment order id');
  return id;
};
