import { deriveOrderId, hashSha256 } from '../../../shared/orders/adapters/derive-order-id.ts';
import { makeCancelOrder } from '../../../shared/orders/application/cancel-order.ts';
import { makePlaceOrder } from '../../../shared/orders/application/place-order.ts';
import { aChannelOrder, aLine, AT, line, valueOf } from '../../support/orders/builders.ts';
import { makeMemoryOrders } from '../../support/orders/memory-orders.ts';

const yieldTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const setUp = () => {
  const memory = makeMemoryOrders(yieldTurn);
  const place = makePlaceOrder({ store: memory.store, deriveOrderId, hash: hashSha256, now: () => AT });
  const stored = async (order = aChannelOrder()) => {
    const found = await memory.store.find(deriveOrderId(order));
    if (found === undefined) throw new Error('not stored');
    return found;
  };
  return { ...memory, place, stored, types: () => memory.told.map(({ fact }) => fact.detailType) };
};
const submission = { callerId: 'key-1', idempotencyKey: 'a' };

describe('placing an order', () => {
  it('stores it and says so once, whatever number of copies come at once', async () => {
    const { place, types } = setUp();
    const answers = await Promise.all(Array.from({ length: 50 }, () => place({ order: aChannelOrder() })));
    const outcomes = answers.map((answer) => valueOf(answer).outcome);

    expect(outcomes.filter((outcome) => outcome === 'placed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'alreadyThere')).toHaveLength(49);
    expect(types()).toEqual(['OrderPlaced.v1']);
  });

  it('gives the same channel order the same id, and others others', async () => {
    const id = deriveOrderId(aChannelOrder());
    expect(id).toBe(deriveOrderId(aChannelOrder({ channelVersion: 9 })));
    expect(id).not.toBe(deriveOrderId(aChannelOrder({ connection: 'outlet' })));
    expect(deriveOrderId({ channel: 'a', connection: 'b', channelOrderId: 'c","d' })).not.toBe(
      deriveOrderId({ channel: 'a', connection: 'b","c', channelOrderId: 'd' }),
    );
  });

  it.each([
    ['testOrder', { isTest: true }],
    ['cancelledAtChannel', { cancelledAt: AT }],
  ])('stores a %s as cancelled and routes nothing', async (reason, over) => {
    const { place, stored, told } = setUp();
    expect(valueOf(await place({ order: aChannelOrder(over) })).status).toBe('cancelled');
    expect((await stored()).lines[0]).toMatchObject({ ordered: 3, cancelled: 3, open: 0 });
    expect(told.map(({ fact }) => [fact.detailType, fact.data])).toEqual([
      ['OrderClosed.v1', expect.objectContaining({ outcome: 'cancelled', reason })],
    ]);
  });

  it('says once whose basket it was, and that the basket is free again when the order ends', async () => {
    const { store, place, types } = setUp();
    const order = aChannelOrder({ basketReservationId: 'bsk_1' });
    await place({ order });
    await place({ order });
    expect(types()).toEqual(['OrderPlaced.v1', 'OrderBasketBound.v1']);
    await makeCancelOrder({ store, deriveOrderId, now: () => AT })({
      orderId: deriveOrderId(order),
      reason: 'customer',
    });
    expect(types().slice(2)).toEqual(['OrderRoutingWithdrawn.v1', 'OrderClosed.v1', 'OrderBasketFreed.v1']);
  });

  it('frees the basket of an order that is cancelled on arrival', async () => {
    const { place, types } = setUp();
    await place({ order: aChannelOrder({ basketReservationId: 'bsk_1', isTest: true }) });
    expect(types()).toEqual(['OrderClosed.v1', 'OrderBasketFreed.v1']);
  });

  it('counts a line that needs no shipping as shipped', async () => {
    const { place, stored } = setUp();
    const lines = [aLine(), aLine({ lineId: '2', sku: 'GIFT-CARD', quantity: 1, requiresShipping: false })];
    await place({ order: aChannelOrder({}, lines) });

    expect((await stored()).lines.map(({ open, shipped }) => [open, shipped])).toEqual([
      [3, 0],
      [0, 1],
    ]);
  });

  it('refuses two lines under one id', async () => {
    const { place, orders } = setUp();
    expect(await place({ order: aChannelOrder({}, [aLine(), aLine()]) })).toEqual({
      ok: false,
      refusal: { type: 'duplicateLines', lineIds: [line('1')] },
    });
    expect(orders.size).toBe(0);
  });

  it('keeps the time of placing in UTC, so that lists sort', async () => {
    const { place, stored } = setUp();
    const order = aChannelOrder({ placedAt: '2026-11-23T04:30:00-05:00' });
    await place({ order });
    expect((await stored(order)).placedAt).toBe(AT);
  });
});

describe('placing an order through the canonical API', () => {
  const { totals } = aChannelOrder();
  it.each([
    ['lines.0.total', aChannelOrder({}, [aLine({ total: 2999 })])],
    ['totals.goods - totals.discount', aChannelOrder({ totals: { ...totals, goods: 3001, grand: 3501 } })],
    ['totals.grand', aChannelOrder({ totals: { ...totals, grand: 3499 } })],
  ])('refuses money of which %s is a cent off', async (at, order) => {
    const { place, orders } = setUp();
    const answer = await place({ order, submission });
    expect(answer).toMatchObject({ ok: false, refusal: { type: 'moneyDoesNotAddUp' } });
    expect(JSON.stringify(answer)).toContain(at);
    expect(orders.size).toBe(0);
    expect(await place({ order })).toMatchObject({ ok: true });
  });

  it.each([
    ['tax on top', { totals: { ...totals, tax: 270, grand: 3770 } }],
    ['tax within the prices', { pricesIncludeTax: true, totals: { ...totals, tax: 270 } }],
    ['a tip and the rounding', { totals: { ...totals, adjustment: 203, grand: 3703 } }],
  ])('takes %s as the contract adds it up, and refuses a cent more', async (_what, over) => {
    const { place } = setUp();
    const { grand } = over.totals;
    const off = aChannelOrder({ ...over, totals: { ...over.totals, grand: grand + 1 } });
    expect(await place({ order: off, submission })).toMatchObject({
      refusal: { parts: [{ at: 'totals.grand', stated: grand + 1, computed: grand }] },
    });
    expect(await place({ order: aChannelOrder(over), submission })).toMatchObject({ ok: true });
  });

  it('answers the same key and body with the same order', async () => {
    const { place } = setUp();
    const first = valueOf(await place({ order: aChannelOrder(), submission }));
    const second = valueOf(await place({ order: aChannelOrder(), submission }));
    expect([first.outcome, second.outcome]).toEqual(['placed', 'alreadyThere']);
    expect(second.orderId).toBe(first.orderId);
  });

  it('refuses the same key with another body, whichever order it names', async () => {
    const { place, orders } = setUp();
    await place({ order: aChannelOrder(), submission });
    for (const other of [{ channelOrderId: 'other' }, { channelVersion: 2 }]) {
      expect(await place({ order: aChannelOrder(other), submission })).toEqual({
        ok: false,
        refusal: { type: 'keyReused' },
      });
    }
    expect(orders.size).toBe(1);
    expect(await place({ order: aChannelOrder({ channelOrderId: 'other' }), submission: { ...submission, callerId: 'key-2' } })).toMatchObject({ ok: true }); // prettier-ignore
  });

  it('refuses other content under a version that is known', async () => {
    const { place } = setUp();
    await place({ order: aChannelOrder(), submission });
    const other = aChannelOrder({}, [aLine({ quantity: 4 })]);
    expect(await place({ order: other, submission: { ...submission, idempotencyKey: 'b' } })).toEqual({
      ok: false,
      refusal: { type: 'versionNotRaised' },
    });
  });
});

describe('a later copy of an order', () => {
  const revised = (channelVersion: number, over = {}, lines = [aLine()]) =>
    aChannelOrder({ channelVersion, ...over }, lines);

  it('is ignored when it is older', async () => {
    const { place, stored } = setUp();
    await place({ order: revised(5) });
    expect(valueOf(await place({ order: revised(4, { cancelledAt: AT }) })).outcome).toBe('ignored');
    expect((await stored()).cancellation).toBeUndefined();
  });

  it('takes fewer, more and new units, and a new destination, before the first routing', async () => {
    const { place, stored, told } = setUp();
    await place({ order: aChannelOrder({}, [aLine(), aLine({ lineId: '2', sku: 'B', quantity: 1 })]) });
    const lines = [
      aLine({ quantity: 1 }),
      aLine({ lineId: '2', sku: 'B', quantity: 2 }),
      aLine({ lineId: '3', sku: 'C', quantity: 1 }),
    ];
    const answer = valueOf(await place({ order: revised(2, { shipTo: { country: 'CA' } }, lines) }));

    expect(answer).toMatchObject({ outcome: 'revised', declined: [] });
    expect((await stored()).lines.map(({ ordered, open, cancelled }) => [ordered, open, cancelled])).toEqual([
      [3, 1, 2],
      [2, 2, 0],
      [1, 1, 0],
    ]);
    expect(told.map(({ fact }) => fact.detailType)).toEqual([
      'OrderPlaced.v1',
      'OrderRevised.v1',
      'OrderNeedsSourcing.v1',
    ]);
  });

  it('takes one line for another without closing in between', async () => {
    const { place, stored } = setUp();
    await place({ order: aChannelOrder() });
    await place({ order: revised(2, {}, [aLine({ lineId: '2', sku: 'B' })]) });
    expect((await stored()).lines.map(({ open, cancelled }) => [open, cancelled])).toEqual([
      [0, 3],
      [3, 0],
    ]);
  });

  it('notes a version that changes nothing here without a fact, and still ignores what is older', async () => {
    const { place, stored, types } = setUp();
    await place({ order: aChannelOrder() });
    expect(valueOf(await place({ order: revised(9) })).outcome).toBe('alreadyThere');
    expect(await stored()).toMatchObject({ channelVersion: 9, updatedAt: AT });
    expect(types()).toEqual(['OrderPlaced.v1']);
    expect(valueOf(await place({ order: revised(8, {}, [aLine({ quantity: 1 })]) })).outcome).toBe('ignored');
  });

  it('takes away under an equal version, and adds nothing', async () => {
    const { place, stored } = setUp();
    await place({ order: aChannelOrder() });
    expect(valueOf(await place({ order: aChannelOrder({}, [aLine({ quantity: 5 })]) })).outcome).toBe(
      'alreadyThere',
    );
    expect(valueOf(await place({ order: aChannelOrder({}, [aLine({ quantity: 2 })]) })).outcome).toBe(
      'revised',
    );
    expect(valueOf(await place({ order: aChannelOrder() })).outcome).toBe('alreadyThere');
    expect((await stored()).lines[0]).toMatchObject({ open: 2, cancelled: 1 });
  });
});
