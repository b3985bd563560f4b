import { orderDetail, orderSummary } from '../../../shared/contracts/orders/routes.ts';
import {
  recordRoutingOutput,
  reopenBackordersOutput,
  screenOrderOutput,
} from '../../../shared/contracts/orders/tasks.ts';
import { fulfilmentOrderIdOf, reservationIdOf } from '../../../shared/kernel/derive-ids.ts';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { deriveOrderId, hashSha256 } from '../../../shared/orders/adapters/derive-order-id.ts';
import { makeApplyFulfilmentFact } from '../../../shared/orders/application/apply-fulfilment-fact.ts';
import { makeCancelOrder } from '../../../shared/orders/application/cancel-order.ts';
import { makePlaceOrder } from '../../../shared/orders/application/place-order.ts';
import {
  makeAuditOrders,
  makeGetOrder,
  makeListOrders,
} from '../../../shared/orders/application/read-orders.ts';
import { makeRecordRouting } from '../../../shared/orders/application/record-routing.ts';
import { makeReopenBackorders } from '../../../shared/orders/application/reopen-backorders.ts';
import { makeRetryBackorders } from '../../../shared/orders/application/retry-backorders.ts';
import { makeScreenOrder } from '../../../shared/orders/application/screen-order.ts';
import {
  makeRestartStuckOrders,
  makeStartRouting,
  makeWithdrawRouting,
} from '../../../shared/orders/application/start-routing.ts';
import { aChannelOrder, aLine, AT, line, node, theSku, valueOf } from '../../support/orders/builders.ts';
import { makeMemoryOrders } from '../../support/orders/memory-orders.ts';

const EAST = node('DC-EAST');
const RED = theSku('MUG-RED');

/** All use cases over one memory, with a clock that can be set and a list of the routings that were started. */
const setUp = () => {
  const memory = makeMemoryOrders();
  const clock = { now: AT };
  const started: { readonly name: string; readonly orderId: OrderId; readonly revision: number }[] = [];
  const deps = {
    ...memory,
    deriveOrderId,
    hash: hashSha256,
    now: () => clock.now,
    workflows: { startRouting: async (start: (typeof started)[number]) => void started.push(start) },
    fulfilmentOrders: { listByOrder: async () => [] },
  };
  const recordRouting = makeRecordRouting(deps);
  const place = async (number: number, over: Parameters<typeof aChannelOrder>[0] = {}) =>
    valueOf(
      await makePlaceOrder(deps)({
        order: aChannelOrder({
          channelOrderId: `order-${number}`,
          placedAt: `2026-11-23T0${number}:00:00.000Z`,
          ...over,
        }),
      }),
    ).orderId;
  const route = (orderId: OrderId, planned: number) => {
    const lines = [{ lineId: line('1'), quantity: planned }];
    return recordRouting({
      orderId,
      revision: 1,
      considered: [{ lineId: line('1'), quantity: 3 }],
      shipments: planned === 0 ? [] : [{ nodeId: EAST, lines }],
    });
  };
  return { ...deps, clock, started, place, route };
};

describe('retrying backorders', () => {
  it('opens the oldest first, as far as the new units go', async () => {
    const world = setUp();
    const ids = [await world.place(3), await world.place(1), await world.place(2)];
    for (const orderId of ids) await world.route(orderId, 0);
    const rise = { sku: RED, nodeId: EAST, available: 6, previousAvailable: 2 };

    expect(await makeRetryBackorders(world)(rise)).toBe(4);
    const opened = ids.map((orderId) => world.orders.get(orderId)?.lines[0]?.open);
    expect(opened).toEqual([0, 3, 1]);
  });

  it('is not needed for stock that came before the backorder was written: the record names what to look for', async () => {
    const world = setUp();
    const orderId = await world.place(1);
    const recorded = recordRoutingOutput.parse(valueOf(await world.route(orderId, 1)));
    const lines = [{ lineId: line('1'), sku: RED, quantity: 2 }];
    expect(recorded).toEqual({ outcome: 'backordered', status: 'inFulfilment', lines });
    expect(await world.route(orderId, 1)).toMatchObject({ value: recorded });

    const reopen = makeReopenBackorders(world);
    const shipments = [{ nodeId: node('DC-WEST'), lines }];
    const answers = [await reopen({ orderId, shipments }), await reopen({ orderId, shipments })];
    expect(answers.map((answer) => reopenBackordersOutput.parse(valueOf(answer)).outcome)).toEqual([
      'reopened',
      'nothingWaits',
    ]);
    expect(world.told.filter(({ fact }) => fact.detailType === 'OrderNeedsSourcing.v1')).toHaveLength(1);
  });

  it('does nothing when stock falls, stays, or is of another SKU', async () => {
    const world = setUp();
    await world.route(await world.place(1), 0);
    const retry = makeRetryBackorders(world);
    const rise = { sku: RED, nodeId: EAST, available: 2, previousAvailable: 2 };

    expect(await retry(rise)).toBe(0);
    expect(await retry({ ...rise, previousAvailable: 5 })).toBe(0);
    expect(await retry({ ...rise, sku: theSku('B'), previousAvailable: null })).toBe(0);
  });
});

describe('starting routings', () => {
  it('names the execution after order and routing', async () => {
    const world = setUp();
    const orderId = await world.place(1);
    await makeStartRouting(world)({ orderId, revision: 2, reason: 'rejected' });
    expect(world.started).toEqual([{ name: `${orderId}-2`, orderId, revision: 2, reason: 'rejected' }]);
  });

  it('looks again at a withdrawn routing, which is then told to release what it holds', async () => {
    const world = setUp();
    const orderId = await world.place(1);
    await makeWithdrawRouting(world)({ orderId, revision: 1 });
    expect(world.started).toEqual([
      { name: `${orderId}-1-withdrawn`, orderId, revision: 1, reason: 'withdrawn' },
    ]);

    await makeCancelOrder(world)({
      channel: 'shopify',
      connection: 'main',
      channelOrderId: 'order-1',
      reason: 'customer',
    });
    const screened = valueOf(await makeScreenOrder(world)({ orderId, revision: 1 }));
    expect(screenOrderOutput.parse(screened)).toEqual({
      outcome: 'withdrawn',
      reservationId: reservationIdOf(orderId, 1),
    });
  });

  it('starts anew what nobody has routed for over ten minutes, under a name of its own', async () => {
    const world = setUp();
    const stuck = await world.place(1);
    await world.route(await world.place(2), 3);
    const restart = makeRestartStuckOrders(world);

    world.clock.now = '2026-11-23T09:40:00.000Z';
    expect(await restart()).toEqual([]);
    world.clock.now = '2026-11-23T09:40:00.001Z';
    expect(await restart()).toEqual([stuck]);
    expect(world.started).toMatchObject([{ orderId: stuck, revision: 1, reason: 'stuck' }]);
    expect(world.started[0]?.name).not.toBe(`${stuck}-1`);
  });

  it('says what the channel has said of the order and its lines that routing goes by', async () => {
    const world = setUp();
    const said = {
      priority: 'high' as const,
      deliverBy: '2026-11-27T18:00:00.000Z',
      pickupNode: node('STORE-1'),
      basketReservationId: 'bsk_1',
    };
    const tied = aLine({ keepTogether: 'gift', kit: { kitId: 'TEA-SET', perKit: 1 } });
    const orderId = await world.place(1, { ...said, customer: { tier: 'gold' }, lines: [tied] });
    const screened = valueOf(await makeScreenOrder(world)({ orderId, revision: 1 }));

    expect(screenOrderOutput.parse(screened)).toMatchObject({
      request: {
        ...said,
        customerTier: 'gold',
        lines: [{ keepTogether: 'gift', kit: { kitId: 'TEA-SET', perKit: 1 } }],
      },
    });
  });

  it('asks for the open units with no more of the address than a distance needs', async () => {
    const world = setUp();
    const orderId = await world.place(1);
    const screened = valueOf(await makeScreenOrder(world)({ orderId, revision: 1 }));

    expect(screenOrderOutput.parse(screened)).toMatchObject({
      outcome: 'ready',
      request: {
        orderId,
        channel: 'shopify',
        reservationId: reservationIdOf(orderId, 1),
        lines: [{ sku: RED, quantity: 3 }],
      },
    });
    expect(JSON.stringify(screened)).not.toContain('Any Street');
    expect(screened).not.toHaveProperty('request.isRemainder');
  });

  it('says of units whose rest a node has that they are a remainder', async () => {
    const world = setUp();
    const orderId = await world.place(1);
    await world.route(orderId, 2);
    const rise = { sku: RED, nodeId: EAST, available: 1, previousAvailable: 0 };
    expect(await makeRetryBackorders(world)(rise)).toBe(1);
    const { revision } = valueOf(await makeGetOrder(world)(orderId));
    const screened = valueOf(await makeScreenOrder(world)({ orderId, revision }));
    expect(screened).toMatchObject({ request: { isRemainder: true, lines: [{ quantity: 1 }] } });
  });
});

describe('cancelling by the channel', () => {
  it('finds the order by its name at the channel', async () => {
    const world = setUp();
    const orderId = await world.place(1);
    const ref = { channel: 'shopify', connection: 'main', channelOrderId: 'order-1', reason: 'customer' };
    expect(valueOf(await makeCancelOrder(world)(ref))).toMatchObject({ orderId, lines: [{ cancelled: 3 }] });
  });

  it('is refused when it overtakes its order', async () => {
    const ref = { channel: 'shopify', connection: 'main', channelOrderId: 'order-1', reason: 'customer' };
    expect(await makeCancelOrder(setUp())(ref)).toEqual({ ok: false, refusal: { type: 'notFound' } });
  });
});

describe('reading orders', () => {
  const shipped = async () => {
    const world = setUp();
    const orderId = await world.place(1);
    await world.route(orderId, 2);
    const fulfilmentOrderId = fulfilmentOrderIdOf(reservationIdOf(orderId, 1), EAST);
    const fact = { orderId, fulfilmentOrderId, kind: 'shipped', shipped: [{ lineId: line('1'), quantity: 2 }] } as const; // prettier-ignore
    await Promise.all([makeApplyFulfilmentFact(world)(fact), makeApplyFulfilmentFact(world)(fact)]);
    return { ...world, orderId };
  };

  it('shows an order as the API document says, with its timeline', async () => {
    const world = await shipped();
    const detail = orderDetail.parse(valueOf(await makeGetOrder(world)(world.orderId)));

    expect(detail).toMatchObject({ status: 'backordered', nodes: [EAST], units: 3, version: 3, revision: 2 });
    expect(detail.lines[0]?.counters).toEqual({
      ordered: 3,
      open: 0,
      reserved: 0,
      shipped: 2,
      backordered: 1,
      cancelled: 0,
    });
    expect(detail.timeline.map(({ type }) => type)).toEqual([
      'OrderPlaced.v1',
      'OrderRouted.v1',
      'OrderBackordered.v1',
      'OrderShipmentRecorded.v1',
    ]);
  });

  it('lists by moments of any zone', async () => {
    const world = await shipped();
    await world.place(2);
    const page = valueOf(
      await makeListOrders(world)({ from: '2026-11-23T03:00:00+01:30' }, { limit: 10, cursor: undefined }),
    );
    expect(page.items.map((summary) => orderSummary.parse(summary).channelOrderId)).toEqual(['order-2']);
  });

  it('proves the books and says what is reserved where', async () => {
    const world = await shipped();
    const other = await world.place(2);
    await world.route(other, 3);
    const audit = makeAuditOrders(world);
    const page = { limit: 10, cursor: undefined };
    const fulfilmentOrderId = fulfilmentOrderIdOf(reservationIdOf(other, 1), EAST);

    expect(valueOf(await audit(page))).toEqual({
      ordersChecked: 2,
      violations: [],
      reserved: [{ fulfilmentOrderId, nodeId: EAST, sku: RED, quantity: 3 }],
      cursor: undefined,
    });

    const order = world.orders.get(other);
    if (order === undefined) throw new Error('not stored');
    world.orders.set(other, { ...order, lines: order.lines.map((each) => ({ ...each, reserved: 2 })) });
    expect(valueOf(await audit(page)).violations.map(({ rule }) => rule)).toEqual([
      'countersAddUp',
      'reservedIsAtNodes',
    ]);
  });
});
