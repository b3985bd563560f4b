import type { RecordRoutingOutput } from '../../contracts/orders/tasks.ts';
import type { OrderId } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import {
  recordRouting,
  type Routing,
  type RoutingRecord,
  type RoutingRefusal,
} from '../domain/route-order.ts';
import { statusOf } from '../domain/status.ts';
import { changeOrder, type NotFound } from './change-order.ts';
import type { Clock, OrderStore } from './ports.ts';

/** Takes the plan that stock is reserved for; `superseded` asks the workflow to release that reservation. */
export const makeRecordRouting =
  (deps: { readonly store: OrderStore; readonly now: Clock }) =>
  async (
    command: { readonly orderId: OrderId } & Routing,
  ): Promise<Result<RecordRoutingOutput, RoutingRefusal | NotFound>> => {
    const seen: { outcome: RoutingRecord['outcome'] } = { outcome: 'recorded' };
    const changed = await changeOrder(deps.store, command.orderId, (order) => {
      const record = recordRouting(order, command, deps.now());
      if (!record.ok) return record;
      seen.outcome = record.value.outcome;
      return ok(record.value.decided);
    });
    if (!changed.ok) return changed;
    return ok(
      seen.outcome === 'superseded'
        ? { outcome: 'superseded' }
        : { outcome: 'recorded', status: statusOf(changed.value) },
    );
  };
