import { unitsIn } from './move-units.ts';
import type { Order } from './order.ts';

export type OrderStatus =
  'placed' | 'onHold' | 'inFulfilment' | 'backordered' | 'shipped' | 'partlyShipped' | 'cancelled';
export type ClosedStatus = Extract<OrderStatus, 'shipped' | 'partlyShipped' | 'cancelled'>;

/** How an order that needs nothing more has ended; undefined while a unit is open, reserved or backordered. */
export const outcomeOf = ({ lines }: Pick<Order, 'lines'>): ClosedStatus | undefined => {
  if (unitsIn(lines, 'open') + unitsIn(lines, 'reserved') + unitsIn(lines, 'backordered') > 0)
    return undefined;
  if (unitsIn(lines, 'shipped') === 0) return 'cancelled';
  return unitsIn(lines, 'cancelled') === 0 ? 'shipped' : 'partlyShipped';
};

/** The one word for where the order stands: derived from its counters, never stored as a truth of its own. */
export const statusOf = (order: Pick<Order, 'lines' | 'holds' | 'work'>): OrderStatus => {
  const outcome = outcomeOf(order);
  if (outcome !== undefined) return outcome;
  if (order.holds.length > 0) return 'onHold';
  if (unitsIn(order.lines, 'reserved') > 0) return 'inFulfilment';
  if (unitsIn(order.lines, 'open') > 0) return order.work.length === 0 ? 'placed' : 'inFulfilment';
  return 'backordered';
};

/** What an order waits for: a routing, somebody else (node or stock), or nothing any more. */
export type Phase = 'waiting' | 'live' | 'closed';

export const phaseOf = (order: Pick<Order, 'lines'>): Phase => {
  if (outcomeOf(order) !== undefined) return 'closed';
  return unitsIn(order.lines, 'open') > 0 ? 'waiting' : 'live';
};

/** In which phases an order of this status can be. */
export const phasesOf = (status: OrderStatus): readonly Phase[] => {
  switch (status) {
    case 'placed':
      return ['waiting'];
    case 'backordered':
      return ['live'];
    case 'onHold':
    case 'inFulfilment':
      return ['waiting', 'live'];
    case 'shipped':
    case 'partlyShipped':
    case 'cancelled':
      return ['closed'];
  }
};
