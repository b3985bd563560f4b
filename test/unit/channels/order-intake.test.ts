import { makeOrderIntake } from '../../../functions/channels/order-intake.ts';
import { deriveOrderId, hashSha256 } from '../../../shared/orders/adapters/derive-order-id.ts';
import { makeCancelOrder } from '../../../shared/orders/application/cancel-order.ts';
import { makePlaceOrder } from '../../../shared/orders/application/place-order.ts';
import { readExample, translate } from '../../support/channels/examples.ts';
import { makeMemoryOrders } from '../../support/orders/memory-orders.ts';

const makeIntake = () => {
  const { store } = makeMemoryOrders();
  const now = () => '2026-11-23T10:00:00.000Z';
  return makeOrderIntake({
    placeOrder: makePlaceOrder({ store, deriveOrderId, hash: hashSha256, now }),
    cancelOrder: makeCancelOrder({ store, deriveOrderId, now }),
  });
};

const orderOf = (text: string) => {
  const translation = translate('shopify', text);
  if (translation.kind !== 'order') throw new Error(translation.kind);
  return translation.order;
};

describe('orders as channels see them', () => {
  const order = orderOf(readExample('shopify', 'order.beyond-2-53.json'));
  const ref = {
    channel: 'shopify',
    connection: 'main',
    channelOrderId: order.channelOrderId,
    reason: 'deleted',
  } as const;

  it('places an order once and finds its copies there already', async () => {
    const intake = makeIntake();
    expect(await intake.place(order)).toMatchObject({ type: 'placed' });
    expect(await intake.place(order)).toMatchObject({ type: 'alreadyThere' });
  });

  it('ignores a copy from before the one that is known', async () => {
    const intake = makeIntake();
    await intake.place(order);
    const late = { ...order, channelVersion: order.channelVersion - 1_000 };
    expect(await intake.place(late)).toMatchObject({
      type: 'ignored',
      reason: expect.stringMatching(/later/) as unknown,
    });
  });

  it('takes a cancellation of a known order, in a later copy as well as by its name', async () => {
    const intake = makeIntake();
    await intake.place(order);
    const ended = {
      ...order,
      channelVersion: order.channelVersion + 1_000,
      cancelledAt: '2026-11-03T09:00:00.000Z',
    };
    expect(await intake.place(ended)).toMatchObject({ type: 'revised' });
    expect(await intake.cancel(ref)).toMatchObject({ type: 'cancelled' });
  });

  it('places an order that is cancelled before it is known, so that a late copy of it ships nothing', async () => {
    const intake = makeIntake();
    const ended = {
      ...order,
      channelVersion: order.channelVersion + 1_000,
      cancelledAt: '2026-11-03T09:00:00.000Z',
    };
    expect(await intake.place(ended)).toMatchObject({ type: 'placed' });
    expect(await intake.place(order)).toMatchObject({ type: 'ignored' });
  });

  it('does not know an order that never came', async () => {
    expect(await makeIntake().cancel(ref)).toEqual({ type: 'unknownOrder' });
  });
});
