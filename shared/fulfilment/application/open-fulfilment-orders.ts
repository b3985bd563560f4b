import type { FulfilmentOrderId, NodeId, OrderId, ReservationId } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { requestWork, type LineQuantity } from '../domain/fulfilment-order.ts';
import type { Clock, Destinations, FulfilmentOrderStore, WorkPlace, WorkPlaces, Workflows } from './ports.ts';

export type RoutedOrder = {
  readonly orderId: OrderId;
  readonly reservationId: ReservationId;
  readonly shipments: readonly {
    readonly fulfilmentOrderId: FulfilmentOrderId;
    readonly nodeId: NodeId;
    readonly lines: readonly LineQuantity[];
  }[];
};

const SECONDS_PER_MINUTE = 60;

const isLimited = ({ ordersPerDay, linesPerDay, unitsPerDay }: WorkPlace): boolean =>
  ordersPerDay !== undefined || linesPerDay !== undefined || unitsPerDay !== undefined;

/**
 * Makes the fulfilment orders of one routing and starts the workflow of each. What exists is left as it is and what
 * runs is not started again, so that an event delivered twice, or half worked off, does no harm.
 */
export const makeOpenFulfilmentOrders =
  (deps: {
    readonly store: FulfilmentOrderStore;
    readonly places: WorkPlaces;
    readonly destinations: Destinations;
    readonly workflows: Pick<Workflows, 'start'>;
    readonly now: Clock;
  }) =>
  async ({ orderId, reservationId, shipments }: RoutedOrder): Promise<void> => {
    const destination = await deps.destinations.findDestination(orderId);
    if (destination === undefined) throw new BrokenInvariant(`no order ${orderId}`);
    for (const { fulfilmentOrderId, nodeId, lines } of shipments) {
      const place = await deps.places.findNode(nodeId);
      if (place === undefined) throw new BrokenInvariant(`no node ${nodeId}`);
      const ids = { fulfilmentOrderId, orderId, reservationId, nodeId };
      const counts = isLimited(place) ? { countsOnCapacity: true } : {};
      const work = requestWork({ ...ids, lines, ...destination, ...counts }, deps.now());
      await deps.store.create(work);
      await deps.workflows.start({
        ...ids,
        acceptSeconds: place.acceptWithinMinutes * SECONDS_PER_MINUTE,
        shipSeconds: place.shipWithinMinutes * SECONDS_PER_MINUTE,
      });
    }
  };
