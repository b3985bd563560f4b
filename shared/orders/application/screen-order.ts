import type { OrderId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { screenForSourcing } from '../domain/route-order.ts';
import type { ScreenOrderOutput } from '../../contracts/orders/tasks.ts';
import type { NotFound } from './change-order.ts';
import type { OrderStore } from './ports.ts';

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
    const { country, region, postcode, latitude, longitude } = stated.order.shipTo ?? {};
    return ok({
      outcome: 'ready',
      request: {
        orderId: order.orderId,
        revision: command.revision,
        reservationId: screening.reservationId,
        orderType: order.orderType,
        channel: order.channel,
        shipComplete: order.shipComplete,
        lines: [...screening.lines],
        shipTo: { country, region, postcode, latitude, longitude },
        excludedNodes: [...order.excludedNodes],
      },
    });
  };
