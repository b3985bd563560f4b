import type { ReopenBackordersOutput } from '../../contracts/orders/tasks.ts';
import type { OrderId } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { LineUnits } from '../domain/order.ts';
import { reopenUnits } from '../domain/reopen-backorder.ts';
import { changeOrder, type NotFound } from './change-order.ts';
import type { Clock, OrderStore } from './ports.ts';

/**
 * Opens those backordered units of one order that a plan could place after all. Asked twice, it opens what is still
 * backordered of them.
 */
export const makeReopenBackorders =
  (deps: { readonly store: OrderStore; readonly now: Clock }) =>
  async (command: {
    readonly orderId: OrderId;
    readonly shipments: readonly { readonly lines: readonly LineUnits[] }[];
  }): Promise<Result<ReopenBackordersOutput, NotFound>> => {
    const units = command.shipments.flatMap(({ lines }) => lines);
    let isReopened = false;
    const changed = await changeOrder<never>(deps.store, command.orderId, (order) => {
      const decided = reopenUnits(order, units, deps.now());
      isReopened = decided.changed;
      return ok(decided);
    });
    if (!changed.ok) return changed;
    return ok({ outcome: isReopened ? 'reopened' : 'nothingWaits' });
  };
