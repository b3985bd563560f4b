import type { OrderId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Order } from '../domain/order.ts';
import type { Decided } from '../domain/settle.ts';
import type { OrderStore } from './ports.ts';

export type NotFound = { readonly type: 'notFound' };

/** A hot order is written by few at a time; each round lets at least one of them through. */
export const ROUNDS = 12;

/**
 * Loads, decides, saves on the expected version, and does so again when somebody else was quicker.
 * Throws when the order stays contended: a fault, to be retried by the caller's source.
 */
export const changeOrder = async <Refusal>(
  store: OrderStore,
  orderId: OrderId,
  decide: (order: Order) => Result<Decided, Refusal>,
): Promise<Result<Order, Refusal | NotFound>> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await store.find(orderId);
    if (before === undefined) return refuse({ type: 'notFound' });
    const decided = decide(before);
    if (!decided.ok) return decided;
    if (!decided.value.changed) return ok(before);
    const { order: after, facts } = decided.value;
    const written = await store.write({ before, after, facts });
    if (written.ok) return written;
  }
  throw new Error(`order ${orderId} changed ${ROUNDS} times while it was decided on`);
};
