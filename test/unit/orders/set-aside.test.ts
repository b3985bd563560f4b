import { orderDetail } from '../../../shared/contracts/orders/routes.ts';
import { recordRoutingOutput } from '../../../shared/contracts/orders/tasks.ts';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { instantOf } from '../../../shared/kernel/instant.ts';
import { deriveOrderId, hashSha256 } from '../../../shared/orders/adapters/derive-order-id.ts';
import { makeCancelOrder } from '../../../shared/orders/application/cancel-order.ts';
import { makeEndBackorders } from '../../../shared/orders/application/end-backorders.ts';
import { makePlaceOrder } from '../../../shared/orders/application/place-order.ts';
import { makeGetOrder } from '../../../shared/orders/application/read-orders.ts';
import { makeRecordRouting } from '../../../shared/orders/application/record-routing.ts';
import { makeReopenBackorders } from '../../../shared/orders/application/reopen-backorders.ts';
import { makeRestartStuckOrders } from '../../../shared/orders/application/start-routing.ts';
import { aChannelOrder, AT, line, node, valueOf } from '../../support/orders/builders.ts';
import { makeMemoryOrders } from '../../support/orders/memory-orders.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const after = (ms: number) => instantOf(Date.parse(AT) + ms);
const units = (quantity: number) => [{ lineId: line('1'), quantity }];

/** One order of three units over one memory, with a clock that can be set. */
const setUp = async () => {
  const memory = makeMemoryOrders();
  const clock = { now: AT };
  const started: OrderId[] = [];
  const deps = {
    ...memory,
    deriveOrderId,
    hash: hashSha256,
    now: () => clock.now,
    workflows: { startRouting: async ({ orderId }: { readonly orderId: OrderId }) => void started.push(orderId) },
    fulfilmentOrders: { listByOrder: async () => [] },
  }; // prettier-ignore
  const { orderId } = valueOf(await makePlaceOrder(deps)({ order: aChannelOrder() }));
  const record = makeRecordRouting(deps);
  return {
    ...deps,
    clock,
    started,
    orderId,
    order: () => memory.orders.get(orderId),
    line: () => memory.orders.get(orderId)?.lines[0],
    factsOf: (type: string) => memory.told.filter(({ fact }) => fact.detailType === type),
    setAside: async (as: 'queued' | 'exception', decisionId = 'd-1', revision = 1) =>
      valueOf(
        await record({
          orderId,
          revision,
          considered: units(3),
          shipments: [],
          setAside: { as, reason: 'no node', decisionId },
        }),
      ),
    /** Routes what is open: so many units to a node, the rest to the backorders. */
    route: async (planned: number, cancelAfterDays: number | null = null) => {
      const { revision = 0, lines } = memory.orders.get(orderId) ?? {};
      const open = lines?.[0]?.open ?? 0;
      const shipments = planned === 0 ? [] : [{ nodeId: node('DC-EAST'), lines: units(planned) }];
      return valueOf(
        await record({ orderId, revision, considered: units(open), shipments, cancelAfterDays }),
      );
    },
    end: makeEndBackorders(deps),
    reopen: makeReopenBackorders(deps),
    cancel: makeCancelOrder(deps),
    restart: makeRestartStuckOrders(deps),
    get: async () => valueOf(await makeGetOrder(deps)(orderId)),
  };
};

describe('an order that is set aside', () => {
  it('stays open and says what it waits for, and a person is told of it once', async () => {
    const { setAside, line: first, get } = await setUp();

    expect(recordRoutingOutput.parse(await setAside('exception'))).toEqual({ outcome: 'exception' });
    // The same call again: its first answer may have been lost, and with it the message.
    expect(await setAside('exception')).toEqual({ outcome: 'exception' });
    expect(await setAside('exception', 'd-2')).toEqual({ outcome: 'setAside' });
    expect(first()).toMatchObject({ open: 3, backordered: 0 });
    const { setAside: told } = orderDetail.parse(await get());
    expect(told).toEqual({ as: 'exception', revision: 1, reason: 'no node', decisionId: 'd-1', since: AT });
  });

  it('waits for the batch release without anybody being told', async () => {
    const { setAside } = await setUp();
    expect(await setAside('queued')).toEqual({ outcome: 'setAside' });
    // The strategy has changed: now a person is to look.
    expect(await setAside('exception')).toEqual({ outcome: 'exception' });
  });

  it('is so no more once a routing is recorded', async () => {
    const { setAside, route, order, get } = await setUp();
    await setAside('exception');
    expect(await route(3)).toMatchObject({ outcome: 'recorded' });
    expect(order()?.setAside).toBeUndefined();
    expect((await get()).setAside).toBeUndefined();
    // A late run of that routing finds it done.
    expect(await setAside('exception')).toMatchObject({ outcome: 'recorded' });
  });

  it('is not, when it was cancelled meanwhile: its reservation is to be released', async () => {
    const { setAside, cancel, orderId } = await setUp();
    valueOf(await cancel({ orderId, reason: 'customer' }));
    expect(await setAside('exception')).toEqual({ outcome: 'superseded' });
  });

  it('is looked at about once an hour, not by every round of the schedule', async () => {
    const { setAside, restart, clock, started } = await setUp();
    await setAside('exception');
    for (let minutes = 0; minutes <= 180; minutes += 5) {
      clock.now = after(minutes * MINUTE);
      await restart();
    }
    expect(started).toHaveLength(3);
  });
});

describe('backordered units that may wait for some days only', () => {
  it('are cancelled at the end of them, those units alone, and told once', async () => {
    const { route, end, clock, line: first, factsOf, orderId } = await setUp();
    await route(1, 3);
    clock.now = after(3 * DAY - 1);
    expect(await end()).toEqual([]);
    clock.now = after(3 * DAY);
    expect(await end()).toEqual([orderId]);
    expect(await end()).toEqual([]);

    expect(first()).toMatchObject({ reserved: 1, backordered: 0, cancelled: 2 });
    expect(factsOf('OrderUnitsCancelled.v1').map(({ fact }) => fact.data)).toMatchObject([
      { reason: 'backorderEnded', lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 2 }] },
    ]);
    expect(factsOf('OrderClosed.v1')).toEqual([]);
  });

  it('close an order of which nothing else is left, with the reason', async () => {
    const { route, end, clock, factsOf } = await setUp();
    await route(0, 3);
    clock.now = after(3 * DAY);
    await end();
    expect(factsOf('OrderClosed.v1').map(({ fact }) => fact.data)).toMatchObject([
      { outcome: 'cancelled', reason: 'backorderEnded' },
    ]);
  });

  it('do not begin to wait anew when stock came and went', async () => {
    const { route, reopen, end, clock, order, line: first, orderId } = await setUp();
    await route(0, 3);
    clock.now = after(2 * DAY);
    valueOf(await reopen({ orderId, shipments: [{ lines: units(3) }] }));
    await route(0, 3);
    expect(order()?.backordersEnd).toBe(after(3 * DAY));
    clock.now = after(3 * DAY);
    await end();
    expect(first()).toMatchObject({ cancelled: 3 });
  });

  it('are left alone while they are being routed, and when they were served', async () => {
    const { route, reopen, end, clock, order, line: first, orderId } = await setUp();
    await route(0, 3);
    valueOf(await reopen({ orderId, shipments: [{ lines: units(3) }] }));
    clock.now = after(4 * DAY);
    expect(await end()).toEqual([]);
    await route(3);
    expect(first()).toMatchObject({ reserved: 3 });
    expect(order()?.backordersEnd).toBeUndefined();
  });

  it('wait for as long as it takes where nobody says how long', async () => {
    const { route, end, clock, order } = await setUp();
    await route(0);
    clock.now = after(9_999 * DAY);
    expect(await end()).toEqual([]);
    expect(order()?.backordersEnd).toBeUndefined();
  });
});
