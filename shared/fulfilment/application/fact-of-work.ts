import { factOf, type Fact } from '../../contracts/events/fact.ts';
import {
  fulfilmentOrderAccepted,
  fulfilmentOrderCancelled,
  fulfilmentOrderRejected,
  fulfilmentOrderRequested,
  fulfilmentOrderShipped,
} from '../../contracts/fulfilment/events.ts';
import { shortLines, type FulfilmentOrder } from '../domain/fulfilment-order.ts';

/**
 * The states of work that somebody listens for. That work was requested or accepted moves no unit of an order; each
 * event of that would cost as much as five invocations, to be thrown away by the bus.
 */
export const HEARD_STATUSES = ['rejected', 'shipped', 'partlyShipped', 'cancelled'] as const;

/** Of a node that takes on only so much a day, acceptance is heard too: its day is kept by it. */
export const isHeard = ({ state: { status }, countsOnCapacity = false }: FulfilmentOrder): boolean =>
  HEARD_STATUSES.some((heard) => heard === status) || (status === 'accepted' && countsOnCapacity);

/** What the bus is told when the work has come into its present state: ids and quantities, never the address. */
export const factOfWork = (work: FulfilmentOrder): Fact => {
  const { fulfilmentOrderId, orderId, reservationId, nodeId, state } = work;
  const ref = { fulfilmentOrderId, orderId, reservationId, nodeId };
  const lines = [...work.lines];
  switch (state.status) {
    case 'requested':
      return factOf(fulfilmentOrderRequested, { ...ref, lines });
    case 'accepted':
      return factOf(fulfilmentOrderAccepted, ref);
    case 'rejected':
      return factOf(fulfilmentOrderRejected, { ...ref, reason: state.reason, lines });
    case 'shipped':
    case 'partlyShipped':
      return factOf(fulfilmentOrderShipped, {
        ...ref,
        shipped: [...state.shipped],
        short: [...shortLines(work)],
        ...(state.tracking === undefined ? {} : { tracking: state.tracking }),
      });
    case 'cancelled':
      return factOf(fulfilmentOrderCancelled, { ...ref, lines });
  }
};
