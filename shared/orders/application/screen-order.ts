import type { LineId, OrderId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { ChannelOrder, ChannelOrderLine } from '../domain/channel-order.ts';
import { unitsIn } from '../domain/move-units.ts';
import type { Order } from '../domain/order.ts';
import { screenForSourcing } from '../domain/route-order.ts';
import type { ScreenOrderOutput } from '../../contracts/orders/tasks.ts';
import type { NotFound } from './change-order.ts';
import type { OrderStore } from './ports.ts';

const tiesOf = ({ lines }: ChannelOrder, lineId: LineId): Pick<ChannelOrderLine, 'keepTogether' | 'kit'> => {
  const { keepTogether, kit } = lines.find((line) => line.lineId === lineId) ?? {};
  return { ...(keepTogether === undefined ? {} : { keepTogether }), ...(kit === undefined ? {} : { kit }) };
};

/** Some of it has shipped, or a node is at work on it. */
const isUnderWay = ({ lines }: Order): boolean => unitsIn(lines, 'reserved') + unitsIn(lines, 'shipped') > 0;

/** What the routing of that number has to source, with no more of the address than a distance needs. */
export const makeScreenOrder =
  (deps: { readonly store: OrderStore }) =>
  async (command: {
    readonly orderId: OrderId;
    readonly revision: number;
  }): Promise<Result<ScreenOrderOutput, NotFound>> => {
    const found = await deps.store.findWithStated(command.orderId);
    if (found === undefined) return refuse({ type: 'notFound' });
    const { order, stated } = found;
    const screening = screenForSourcing(order, command.revision);
    if (screening.outcome !== 'ready') return ok(screening);
    const { customer, priority, deliverBy, pickupNode, preferredNode, basketReservationId } = stated.order;
    const { country, region, postcode, latitude, longitude } = stated.order.shipTo ?? {};
    return ok({
      outcome: 'ready',
      reservationId: screening.reservationId,
      request: {
        orderId: order.orderId,
        revision: command.revision,
        reservationId: screening.reservationId,
        orderType: order.orderType,
        channel: order.channel,
        customerTier: customer?.tier,
        priority,
        deliverBy,
        shipComplete: order.shipComplete,
        ...(isUnderWay(order) ? { isRemainder: true } : {}),
        lines: screening.lines.map((line) => ({ ...line, ...tiesOf(stated.order, line.lineId) })),
        shipTo: { country, region, postcode, latitude, longitude },
        excludedNodes: [...order.excludedNodes],
        pickupNode,
        preferredNode,
        basketReservationId,
      },
    });
  };
