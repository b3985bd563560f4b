import type { RecordRoutingOutput } from '../../contracts/orders/tasks.ts';
import type { OrderId } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { contentOf } from '../domain/move-units.ts';
import { withSkus, type SetAside } from '../domain/order.ts';
import { recordRouting, type Routing, type RoutingRefusal } from '../domain/route-order.ts';
import { setOrderAside, type SettingAside } from '../domain/set-aside.ts';
import { statusOf } from '../domain/status.ts';
import { changeOrder, type NotFound } from './change-order.ts';
import type { Clock, OrderStore } from './ports.ts';

type RecordRouting = { readonly orderId: OrderId } & Routing & {
    /** No unit is to be routed for now: why, and what the order waits for. */
    readonly setAside?: Pick<SetAside, 'as' | 'reason' | 'decisionId'> | undefined;
  };

/** Only of an order that is newly set aside for a person somebody is to be told. */
const outcomeOf = (
  found: Exclude<SettingAside['outcome'], 'recorded'>,
  setAside: RecordRouting['setAside'],
): 'superseded' | 'exception' | 'setAside' => {
  if (found === 'superseded') return 'superseded';
  return found === 'setAside' && setAside?.as === 'exception' ? 'exception' : 'setAside';
};

/**
 * Takes the plan that stock is reserved for; `superseded` asks the workflow to release that reservation. `backordered`
 * names all that waits for stock on this order: from now on arrivals find it, so that whoever looks at the stock after
 * this answer misses none. An order that is set aside for a person is told so once (`exception`).
 */
export const makeRecordRouting =
  (deps: { readonly store: OrderStore; readonly now: Clock }) =>
  async (command: RecordRouting): Promise<Result<RecordRoutingOutput, RoutingRefusal | NotFound>> => {
    const { setAside, revision } = command;
    const seen: { outcome: SettingAside['outcome'] } = { outcome: 'recorded' };
    const changed = await changeOrder(deps.store, command.orderId, (order) => {
      const record =
        setAside === undefined
          ? recordRouting(order, command, deps.now())
          : setOrderAside(order, { ...setAside, revision }, deps.now());
      if (!record.ok) return record;
      seen.outcome = record.value.outcome;
      return ok(record.value.decided);
    });
    if (!changed.ok) return changed;
    if (seen.outcome !== 'recorded') return ok({ outcome: outcomeOf(seen.outcome, setAside) });
    const status = statusOf(changed.value);
    const lines = withSkus(changed.value, contentOf(changed.value.lines, 'backordered'));
    return ok(
      lines.length === 0
        ? { outcome: 'recorded', status }
        : { outcome: 'backordered', status, lines: [...lines] },
    );
  };
