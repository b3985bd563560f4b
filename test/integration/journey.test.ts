import { readBooks } from '../../console/cli/books/read-books.ts';
import type { Stock } from '../../console/cli/api-types.ts';
import {
  answer,
  canonicalOrderOf,
  eventually,
  operator,
  orderOf,
  placeOrder,
  putItem,
  putNode,
  putStock,
  shipAll,
  unique,
  workOf,
} from '../support/integration/stack.ts';

const api = operator();
const OPEN_STATUS = new Set(['placed', 'inFulfilment', 'backordered', 'onHold']);
const stockOf = (sku: string) => api.get<Stock>(`/v1/stock/${encodeURIComponent(sku)}`);
const ended = (orderId: string) =>
  eventually(
    () => orderOf(api, orderId),
    (order) => !OPEN_STATUS.has(order.status),
  );

/** A network of its own for each journey: two nodes far apart and one SKU. */
const network = async (stock: { readonly east: number; readonly west: number }) => {
  const names = { east: unique('E'), west: unique('W'), sku: unique('SKU / ä') };
  await putNode(api, names.east);
  await putNode(api, names.west, { address: { country: 'US', latitude: 47.6, longitude: -122.3 } });
  await putItem(api, names.sku);
  if (stock.east > 0) await putStock(api, names.sku, names.east, stock.east);
  if (stock.west > 0) await putStock(api, names.sku, names.west, stock.west);
  return names;
};

describe('the journey of an order through the deployed stack', () => {
  it('goes from placed to shipped at the near node, and the stock follows', async () => {
    const { east, west, sku } = await network({ east: 10, west: 10 });
    const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 3 }));

    const [work] = await workOf(api, orderId);
    expect(work).toMatchObject({ nodeId: east, lines: [{ sku, quantity: 3 }] });
    expect((await stockOf(sku)).total).toEqual({ onHand: 20, reserved: 3, available: 17 });

    if (work !== undefined) await shipAll(api, work);
    const order = await ended(orderId);
    expect(order.status).toBe('shipped');
    expect(order.lines[0]?.counters).toEqual({
      ordered: 3,
      open: 0,
      reserved: 0,
      shipped: 3,
      backordered: 0,
      cancelled: 0,
    });
    expect(order.timeline.map((fact) => fact.type)).toEqual(
      expect.arrayContaining([
        'OrderPlaced.v1',
        'OrderRouted.v1',
        'OrderShipmentRecorded.v1',
        'OrderClosed.v1',
      ]),
    );
    const stock = await eventually(
      () => stockOf(sku),
      ({ total }) => total.reserved === 0,
    );
    expect(stock.total).toEqual({ onHand: 17, reserved: 0, available: 17 });
    expect(stock.positions.find(({ nodeId }) => nodeId === west)?.onHand).toBe(10);
  });

  it('splits over two nodes when neither has all of it', async () => {
    const { sku } = await network({ east: 2, west: 1 });
    const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 3 }));
    const work = await workOf(api, orderId, 2);
    for (const piece of work) await shipAll(api, piece);
    expect((await ended(orderId)).status).toBe('shipped');
    expect(
      (
        await eventually(
          () => stockOf(sku),
          ({ total }) => total.onHand === 0,
        )
      ).total.reserved,
    ).toBe(0);
  });

  it('goes elsewhere when a node rejects, and only with what was rejected', async () => {
    const { east, west, sku } = await network({ east: 5, west: 5 });
    const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 2 }));
    const [first] = await workOf(api, orderId);
    expect(first?.nodeId).toBe(east);
    await answer(api, first?.fulfilmentOrderId ?? '', 'rejection', { reason: 'noCapacity' });

    const [second] = await workOf(api, orderId);
    expect(second).toMatchObject({ nodeId: west, lines: [{ quantity: 2 }] });
    if (second !== undefined) await shipAll(api, second);
    expect((await ended(orderId)).status).toBe('shipped');
    const stock = await eventually(
      () => stockOf(sku),
      ({ total }) => total.reserved === 0,
    );
    expect(stock.positions.map(({ nodeId, onHand }) => [nodeId, onHand]).sort()).toEqual(
      [
        [east, 5],
        [west, 3],
      ].sort(),
    );
  });

  it('routes only the remainder of a short pick again', async () => {
    const { sku, west } = await network({ east: 3, west: 5 });
    const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 3 }));
    const [first] = await workOf(api, orderId);
    await answer(api, first?.fulfilmentOrderId ?? '', 'acceptance');
    await answer(api, first?.fulfilmentOrderId ?? '', 'shipment', { lines: [{ lineId: '1', quantity: 1 }] });

    const [second] = await workOf(api, orderId);
    expect(second).toMatchObject({ nodeId: west, lines: [{ quantity: 2 }] });
    if (second !== undefined) await shipAll(api, second);
    expect((await ended(orderId)).lines[0]?.counters.shipped).toBe(3);
    // 8 units were there, 3 left the house, and the 2 that could not be found are written off.
    expect(
      (
        await eventually(
          () => stockOf(sku),
          ({ total }) => total.reserved === 0 && total.onHand === 3,
        )
      ).total.onHand,
    ).toBe(3);
  });

  it('waits for stock on backorder and ships when it arrives', async () => {
    const { east, sku } = await network({ east: 1, west: 0 });
    const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 4 }));
    const [first] = await workOf(api, orderId);
    expect(first?.lines).toMatchObject([{ quantity: 1 }]);
    expect((await orderOf(api, orderId)).lines[0]?.counters.backordered).toBe(3);

    await api.call({
      method: 'POST',
      path: `/v1/stock/${encodeURIComponent(sku)}/${east}/receipts`,
      body: { key: unique('r'), quantity: 10 },
    });
    const work = await workOf(api, orderId, 2);
    for (const piece of work) await shipAll(api, piece);
    expect((await ended(orderId)).status).toBe('shipped');
  });

  it('cancels what has not shipped, and releases it once', async () => {
    const { sku } = await network({ east: 5, west: 0 });
    const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 2 }));
    await workOf(api, orderId);
    const cancel = () =>
      api.call({ method: 'POST', path: `/v1/orders/${orderId}/cancellation`, body: { reason: 'customer' } });
    await Promise.all([cancel(), cancel()]);

    const order = await ended(orderId);
    expect(order.status).toBe('cancelled');
    const stock = await eventually(
      () => stockOf(sku),
      ({ total }) => total.reserved === 0,
    );
    expect(stock.total).toEqual({ onHand: 5, reserved: 0, available: 5 });
  });
});

describe('two hundred orders at once for the last fifty units', () => {
  it('reserve exactly fifty over three nodes and put the rest on backorder', async () => {
    const sku = unique('LAST');
    await putItem(api, sku);
    for (const onHand of [20, 17, 13]) {
      const node = unique('N');
      await putNode(api, node);
      await putStock(api, sku, node, onHand);
    }
    const ids = await Promise.all(
      Array.from({ length: 200 }, () => placeOrder(api, canonicalOrderOf({ [sku]: 1 }))),
    );
    const settled = await eventually(
      () => Promise.all(ids.map((id) => orderOf(api, id))),
      (orders) => orders.every(({ lines }) => lines[0]?.counters.open === 0),
      240_000,
    );
    const counters = settled.flatMap(({ lines }) => lines.map((line) => line.counters));
    expect(counters.filter(({ reserved }) => reserved === 1)).toHaveLength(50);
    expect(counters.filter(({ backordered }) => backordered === 1)).toHaveLength(150);
    expect((await stockOf(sku)).total).toEqual({ onHand: 50, reserved: 50, available: 0 });
    const cancel = (id: string) =>
      api.call({ method: 'POST', path: `/v1/orders/${id}/cancellation`, body: { reason: 'end of test' } });
    await Promise.all(ids.map(cancel));
    await eventually(
      () => stockOf(sku),
      ({ total }) => total.reserved === 0,
      180_000,
    );
  }, 480_000);
});

describe('the books', () => {
  it('balance after all of it', async () => {
    expect((await readBooks(api)).findings).toEqual([]);
  });
});
