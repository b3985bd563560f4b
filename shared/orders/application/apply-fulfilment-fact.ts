import type { FulfilmentOrderId, OrderId } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { unreachable } from '../../kernel/result.ts';
import {
  applyCancellation,
  applyRejection,
  applyShipment,
  type FulfilmentRefusal,
} from '../domain/apply-fulfilment.ts';
import type { Tracking } from '../domain/facts.ts';
import type { LineUnits, Order } from '../domain/order.ts';
import { changeOrder, type NotFound } from './change-order.ts';
import type { Clock, OrderStore } from './ports.ts';

/** How the work of one node has ended. */
export type FulfilmentFact = { readonly orderId: OrderId; readonly fulfilmentOrderId: FulfilmentOrderId } & (
  | { readonly kind: 'rejected' | 'cancelled' }
  | {
      readonly kind: 'shipped';
      readonly shipped: readonly LineUnits[];
      readonly tracking?: Tracking | undefined;
    }
);

const decide = (order: Order, fact: FulfilmentFact, at: string) => {
  switch (fact.kind) {
    case 'rejected':
      return applyRejection(order, fact.fulfilmentOrderId, at);
    case 'cancelled':
      return applyCancellation(order, fact.fulfilmentOrderId, at);
    case 'shipped':
      return applyShipment(order, fact, at);
    default:
      return unreachable(fact);
  }
};

/** Takes the end of one node's work to the order's counters, once, in whatever order such ends arrive. */
export const makeApplyFulfilmentFact =
  (deps: { readonly store: OrderStore; readonly now: Clock }) =>
  (fact: FulfilmentFact): Promise<Result<Order, FulfilmentRefusal | NotFound>> =>
    changeOrder(deps.store, fact.orderId, (order) => decide(order, fact, deps.now()));
