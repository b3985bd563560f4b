import type { OrderId } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { requestCancellation, type CancelRefusal } from '../domain/cancel-order.ts';
import type { Order } from '../domain/order.ts';
import { changeOrder, type NotFound } from './change-order.ts';
import type { Clock, DeriveOrderId, OrderStore } from './ports.ts';

/** Operators name our id; a channel names its own order. */
export type CancelOrderCommand = { readonly reason: string } & (
  | { readonly orderId: OrderId }
  | { readonly channel: string; readonly connection: string; readonly channelOrderId: string }
);

/**
 * Cancels what has not shipped. A cancel that overtakes its order is refused as `notFound`: whoever delivers it decides
 * whether to wait for the order.
 */
export const makeCancelOrder =
  (deps: { readonly store: OrderStore; readonly deriveOrderId: DeriveOrderId; readonly now: Clock }) =>
  (command: CancelOrderCommand): Promise<Result<Order, CancelRefusal | NotFound>> =>
    changeOrder(deps.store, 'orderId' in command ? command.orderId : deps.deriveOrderId(command), (order) =>
      requestCancellation(order, command.reason, deps.now()),
    );
