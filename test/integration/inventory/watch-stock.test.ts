import { ApiRefusal } from '../../../console/cli/api-client.ts';
import type { ReorderPoint } from '../../../shared/contracts/inventory/routes.ts';
import { listenToBus } from '../../support/integration/bus-listener.ts';
import {
  canonicalOrderOf,
  eventually,
  operator,
  placeOrder,
  putItem,
  putNode,
  putStock,
  unique,
  workOf,
} from '../../support/integration/stack.ts';

jest.setTimeout(180_000);

const api = operator();

describe('what others hear when stock runs out and comes back', () => {
  let bus: Awaited<ReturnType<typeof listenToBus>>;
  beforeAll(async () => {
    bus = await listenToBus(['BackInStock.v1', 'ReorderPointCrossed.v1']);
  });
  afterAll(() => bus.stop());

  const aStockedSku = async (units: number) => {
    const sku = unique('SKU');
    const node = unique('N');
    await putNode(api, node);
    await putItem(api, sku);
    await putStock(api, sku, node, units);
    return { sku, node, path: `/v1/stock/${sku}/${node}` };
  };
  /** Facts of one SKU; a copy has the id of its original. */
  const factsOf = async (sku: string, detailType: string) => {
    const heard = (await bus.heard()).filter((fact) => fact.data['sku'] === sku);
    const originals = new Map(heard.map((fact) => [fact.eventId, fact]));
    return [...originals.values()].filter((fact) => fact.detailType === detailType).map(({ data }) => data);
  };
  const hears = (sku: string, detailType: string, count: number) =>
    eventually(
      () => factsOf(sku, detailType),
      (facts) => facts.length >= count,
    );
  const receive = (path: string, key: string, quantity: number) =>
    api.call({ method: 'POST', path: `${path}/receipts`, body: { key, quantity } });

  it('is each crossing of the reorder point once, on the way down', async () => {
    const { sku, path } = await aStockedSku(10);
    const set = await api.call<ReorderPoint>({
      method: 'PUT',
      path: `${path}/reorder-point`,
      body: { reorderPoint: 8 },
    });
    expect(set.body).toMatchObject({ reorderPoint: 8, isArmed: true, crossings: 0 });

    await workOf(api, await placeOrder(api, canonicalOrderOf({ [sku]: 2 })));
    expect(await hears(sku, 'ReorderPointCrossed.v1', 1)).toMatchObject([
      { reorderPoint: 8, available: 8, netPosition: 8, crossing: 1 },
    ]);
    await workOf(api, await placeOrder(api, canonicalOrderOf({ [sku]: 1 })));
    await receive(path, 'r1', 4);
    await receive(path, 'r1', 4);
    await eventually(
      () => api.get<ReorderPoint>(`${path}/reorder-point`),
      ({ isArmed }) => isArmed,
    );
    await workOf(api, await placeOrder(api, canonicalOrderOf({ [sku]: 4 })));
    const facts = await hears(sku, 'ReorderPointCrossed.v1', 2);
    expect(facts.map(({ crossing }) => crossing)).toEqual([1, 2]);
    expect(await api.get<ReorderPoint>(`${path}/reorder-point`)).toMatchObject({ crossings: 2 });
  });

  it('is a crossing when a purchase order that was counted on is cancelled', async () => {
    const { sku, node, path } = await aStockedSku(10);
    await api.call({ method: 'PUT', path: `${path}/reorder-point`, body: { reorderPoint: 8 } });
    const order = `/v1/supply/${unique('PO')}`;
    await api.call({
      method: 'PUT',
      path: order,
      body: { kind: 'purchase', supplier: 'ACME', nodeId: node, lines: [{ sku, quantity: 5 }] },
    });
    await workOf(api, await placeOrder(api, canonicalOrderOf({ [sku]: 4 })));
    await api.call({
      method: 'POST',
      path: `${order}/closure`,
      body: { outcome: 'cancelled', reason: 'out of print' },
    });
    expect(await hears(sku, 'ReorderPointCrossed.v1', 1)).toMatchObject([
      { available: 6, inbound: 0, netPosition: 6, crossing: 1 },
    ]);
  });

  it('is each return to stock once, by what is available and not by what is on hand', async () => {
    const { sku, path } = await aStockedSku(2);
    const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 2 }));
    await workOf(api, orderId);
    await api.call({
      method: 'POST',
      path: `${path}/movements`,
      body: { kind: 'writeOff', key: 'w', quantity: 1, reason: 'broken' },
    });
    await receive(path, 'for the claim', 1);
    await receive(path, 'more', 3);
    expect(await hears(sku, 'BackInStock.v1', 1)).toMatchObject([{ available: 3, returns: 1 }]);
    await receive(path, 'even more', 3);
    await receive(path, 'even more', 3);
    expect(await factsOf(sku, 'BackInStock.v1')).toHaveLength(1);
  });

  it('is nothing where no node has ever held the SKU: a point is refused there', async () => {
    const { sku } = await aStockedSku(1);
    const other = unique('N');
    await putNode(api, other);
    const refused = api.call({
      method: 'PUT',
      path: `/v1/stock/${sku}/${other}/reorder-point`,
      body: { reorderPoint: 1 },
    });
    await expect(refused).rejects.toThrow(ApiRefusal);
    await expect(refused).rejects.toMatchObject({ status: 409 });
  });
});
