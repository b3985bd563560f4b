import { setTimeout as wait } from 'node:timers/promises';
import { ApiRefusal } from '../../../console/cli/api-client.ts';
import type { BasketReservation, Stock } from '../../../console/cli/api-types.ts';
import { readBooks } from '../../../console/cli/books/read-books.ts';
import { resourceName } from '../../../infra/config/names.ts';
import { stageNamed } from '../../../infra/config/stages.ts';
import { canonicalOrder } from '../../../shared/contracts/orders/canonical-order.ts';
import { deriveOrderId, hashSha256 } from '../../../shared/orders/adapters/derive-order-id.ts';
import { makeDynamoOrderStore } from '../../../shared/orders/adapters/dynamo-order-store.ts';
import { placeOrder as decideOrder } from '../../../shared/orders/domain/place-order.ts';
import { makeDocumentClient } from '../../../shared/platform/dynamo/document-client.ts';
import {
  aBasketId,
  canonicalOrderOf,
  eventually,
  holdBasket,
  operator,
  placeOrder,
  putItem,
  putNode,
  putStock,
  unique,
  workOf,
} from '../../support/integration/stack.ts';

const api = operator();
jest.setTimeout(300_000);

const shelf = async (units: number) => {
  const [nodeId, sku] = [unique('N'), unique('SKU')];
  await putNode(api, nodeId);
  await putItem(api, sku);
  await putStock(api, sku, nodeId, units);
  return { nodeId, sku };
};
type Shelf = Awaited<ReturnType<typeof shelf>>;

const hold = (shelf: Shelf, quantity: number, minutes = 1, reservationId = aBasketId()) =>
  holdBasket(api, shelf, quantity, minutes, reservationId);
const statusOf = async (work: Promise<unknown>): Promise<number> => {
  try {
    await work;
    return 200;
  } catch (error) {
    if (error instanceof ApiRefusal) return error.status;
    throw error;
  }
};
const shown = (reservationId: string) => api.get<BasketReservation>(`/v1/reservations/${reservationId}`);
const stockOf = async ({ sku }: Shelf) => (await api.get<Stock>(`/v1/stock/${sku}`)).total;

/** An order that fraud review holds back from its very placement, as orders does it, before there is an API for it. */
const placeOnHold = async (order: ReturnType<typeof canonicalOrderOf>): Promise<string> => {
  const stated = canonicalOrder.parse(order);
  const at = new Date().toISOString();
  const orderId = deriveOrderId(stated);
  const decided = decideOrder(orderId, stated, at);
  if (!decided.ok) throw new Error('the order of a test is sound');
  const tableName = resourceName(stageNamed('local'), 'orders');
  const written = await makeDynamoOrderStore({ client: makeDocumentClient(), tableName }).write({
    before: undefined,
    after: { ...decided.value.order, holds: [{ kind: 'fraudReview', since: at }] },
    facts: decided.value.facts,
    stated: { order: stated, hash: hashSha256(JSON.stringify(stated)) },
    claim: undefined,
  });
  if (!written.ok) throw new Error('nobody else writes the order of a test');
  return orderId;
};

describe('baskets on the deployed stack', () => {
  it('hold the last units until they expire, or as long as their order stands, and become its allocation', async () => {
    const [last, onHold, routed] = [await shelf(2), await shelf(2), await shelf(2)];
    const first = await hold(last, 2);
    expect(await hold(last, 2, 1, first.reservationId)).toEqual(first);
    expect(await statusOf(hold(last, 1))).toBe(409);
    expect(await stockOf(last)).toMatchObject({ onHand: 2, reserved: 2, available: 0 });

    const kept = await hold(onHold, 2);
    const heldOrder = await placeOnHold(
      canonicalOrderOf({ [onHold.sku]: 2 }, { basketReservationId: kept.reservationId }),
    );
    const bound = await eventually(
      () => shown(kept.reservationId),
      ({ status }) => status === 'bound',
    );
    expect(bound.orderId).toBe(heldOrder);

    const swapped = await hold(routed, 2, 10);
    const routedOrder = await placeOrder(
      api,
      canonicalOrderOf({ [routed.sku]: 2 }, { basketReservationId: swapped.reservationId }),
    );
    expect(await workOf(api, routedOrder)).toMatchObject([
      { nodeId: routed.nodeId, lines: [{ quantity: 2 }] },
    ]);
    expect(await shown(swapped.reservationId)).toMatchObject({ status: 'replaced', orderId: routedOrder });
    expect(await stockOf(routed)).toMatchObject({ onHand: 2, reserved: 2, available: 0 });

    // From the very instant on, whether or not the sweep has been there.
    await wait(Math.max(0, Date.parse(first.expiresAt ?? '') - Date.now()));
    expect(await stockOf(last)).toMatchObject({ reserved: 0, available: 2 });
    expect(await hold(last, 2, 5)).toMatchObject({ status: 'held' });
    expect((await shown(first.reservationId)).status).toBe('expired');

    expect(Date.parse(kept.expiresAt ?? '')).toBeLessThanOrEqual(Date.now());
    expect(await stockOf(onHold)).toMatchObject({ reserved: 2, available: 0 });
    await api.call({
      method: 'POST',
      path: `/v1/orders/${heldOrder}/cancellation`,
      body: { reason: 'fraud' },
    });
    await eventually(
      () => stockOf(onHold),
      ({ reserved }) => reserved === 0,
    );
    expect((await shown(kept.reservationId)).status).toBe('released');
    expect((await readBooks(api)).findings).toEqual([]);
  });

  it('are extended and given back, and refused when they make no sense', async () => {
    const place = await shelf(1);
    const { reservationId, expiresAt = '' } = await hold(place, 1, 5);
    const path = `/v1/reservations/${reservationId}`;
    const { body } = await api.call<BasketReservation>({ method: 'POST', path: `${path}/extension`, body: { minutes: 30 } }); // prettier-ignore
    expect(Date.parse(body.expiresAt ?? '')).toBeGreaterThan(Date.parse(expiresAt));
    await api.call({ method: 'DELETE', path });
    await api.call({ method: 'DELETE', path });
    expect(await stockOf(place)).toMatchObject({ reserved: 0, available: 1 });
    expect(
      await statusOf(api.call({ method: 'POST', path: `${path}/extension`, body: { minutes: 5 } })),
    ).toBe(409);
    expect(await statusOf(shown(aBasketId()))).toBe(404);
    expect(await statusOf(hold({ ...place, sku: unique('NO') }, 1))).toBe(404);
    expect(await statusOf(hold({ ...place, nodeId: unique('NO') }, 1))).toBe(404);
    expect(await statusOf(hold(place, 0.5))).toBe(422);
    expect(await statusOf(hold(place, -1))).toBe(422);
    expect(await statusOf(hold(place, 1, 0))).toBe(422);
    expect(await statusOf(hold(place, 2))).toBe(409);
  });
});
