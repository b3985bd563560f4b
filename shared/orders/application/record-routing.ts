import type { RecordRoutingOutput } from '../../contracts/orders/tasks.ts';
import type { OrderId } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { contentOf } from '../domain/move-units.ts';
import { withSkus } from '../domain/order.ts';
import {
  recordRouting,
  type Routing,
  type RoutingRecord,
  type RoutingRefusal,
} from '../domain/route-order.ts';
import { statusOf } from '../domain/status.ts';
import { changeOrder, type NotFound } from './change-order.ts';
import type { Clock, OrderStore } from './ports.ts';

/**
 * Takes the plan that stock is reserved for; `superseded` asks the workflow to release that reservation. `backordered`
 * names all that waits for stock on this order: from now on arrivals find it, so that whoever looks at the stock after
 * this answer misses none.
 */
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
    if (seen.outcome === 'superseded') return ok({ outcome: 'superseded' });
    const status = statusOf(changed.value);
    const lines = withSkus(changed.value, contentOf(changed.value.lines, 'backordered'));
    return ok(
      lines.length === 0
        ? { outcome: 'recorded', status }
        : { outcome: 'backordered', status, lines: [...lines] },
    );
  };
