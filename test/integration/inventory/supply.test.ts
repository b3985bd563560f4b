import { ApiRefusal } from '../../../console/cli/api-client.ts';
import type {
  ExpectedAvailability,
  OpenSupply,
  PageOf,
  Stock,
  StockAudit,
  StockMovement,
  StockPosition,
  SupplyOrder,
} from '../../../console/cli/api-types.ts';
import { operator, putItem, putNode, unique, withKey } from '../../support/integration/stack.ts';

const api = operator();
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const supply = async (supplyId: string, action: string, body: unknown, by = api): Promise<SupplyOrder> =>
  (await by.call<SupplyOrder>({ method: 'POST', path: `/v1/supply/${supplyId}/${action}`, body })).body;
const announce = async (supplyId: string, body: unknown): Promise<SupplyOrder> =>
  (await api.call<SupplyOrder>({ method: 'PUT', path: `/v1/supply/${supplyId}`, body })).body;
const move = async (sku: string, nodeId: string, body: unknown): Promise<StockPosition> =>
  (await api.call<StockPosition>({ method: 'POST', path: `/v1/stock/${sku}/${nodeId}/movements`, body }))
    .body;

const refusal = async (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'taken',
    (error: unknown) => (error instanceof ApiRefusal ? error.status : error),
  );

const historyOf = async (sku: string, nodeId: string): Promise<readonly StockMovement[]> => {
  const movements: StockMovement[] = [];
  const path = `/v1/stock/${sku}/${nodeId}/movements`;
  for await (const page of api.pages<PageOf<StockMovement>>(path, { limit: 3 }))
    movements.push(...page.items);
  return movements;
};

const positionAt = async (sku: string, nodeId: string): Promise<StockPosition | undefined> =>
  (await api.get<Stock>(`/v1/stock/${sku}`)).positions.find((position) => position.nodeId === nodeId);

/** Every counter is the sum of its movements, and each of them says by what document and on whose word. */
const expectExplained = async (sku: string, nodeId: string): Promise<void> => {
  const movements = await historyOf(sku, nodeId);
  const sumOf = (deltaOf: (movement: StockMovement) => number | undefined): number =>
    movements.reduce((sum, movement) => sum + (deltaOf(movement) ?? 0), 0);
  expect(await positionAt(sku, nodeId)).toMatchObject({
    onHand: sumOf(({ onHandDelta }) => onHandDelta),
    reserved: sumOf(({ reservedDelta }) => reservedDelta),
    quarantined: sumOf(({ quarantinedDelta }) => quarantinedDelta),
    inTransit: sumOf(({ inTransitDelta }) => inTransitDelta),
    ringFence: sumOf(({ ringFenceDelta }) => ringFenceDelta),
  });
  expect(movements.filter(({ actor }) => actor === undefined)).toEqual([]);
};

const house = async () => {
  const [east, west, sku] = [unique('EAST'), unique('WEST'), unique('SKU')];
  await putNode(api, east, { address: { country: 'US', region: 'NY' } });
  await putNode(api, west, { address: { country: 'US', region: 'CA' } });
  await putItem(api, sku);
  return { east, west, sku };
};

const violationsAt = async (...nodeIds: readonly string[]): Promise<readonly unknown[]> => {
  const found: unknown[] = [];
  for await (const page of api.pages<StockAudit>('/v1/books/stock', { limit: 200 }))
    found.push(
      ...page.violations.filter(({ subject }) => nodeIds.some((nodeId) => subject.includes(nodeId))),
    );
  return found;
};

describe('supply on its way', () => {
  it('goes from node to node, is damaged, arrives in parts, and every balance is explained', async () => {
    const { east, west, sku } = await house();
    const transferId = unique('TR');
    await api.call({
      method: 'POST',
      path: `/v1/stock/${sku}/${east}/receipts`,
      body: { key: 'a', quantity: 10, document: 'ASN-1' },
    });
    const transfer = {
      kind: 'transfer',
      originId: east,
      nodeId: west,
      expectedOn: inDays(3),
      lines: [{ sku, quantity: 6 }],
    };
    await announce(transferId, transfer);
    expect(await announce(transferId, transfer)).toMatchObject({ status: 'announced', version: 1 });
    const arrival = { key: 'first', lines: [{ sku, quantity: 4, quarantined: 1 }] };
    expect(await refusal(supply(transferId, 'receipts', arrival))).toBe(409);

    await supply(transferId, 'departure', {});
    expect(await supply(transferId, 'departure', {})).toMatchObject({ status: 'inTransit' });
    expect(await positionAt(sku, east)).toMatchObject({ onHand: 4, available: 4 });
    expect(await positionAt(sku, west)).toMatchObject({ onHand: 0, inTransit: 6 });

    await Promise.all([1, 2, 3].map(() => supply(transferId, 'receipts', arrival)));
    expect(await positionAt(sku, west)).toMatchObject({ onHand: 3, quarantined: 1, inTransit: 2 });
    const tooMany = { key: 'second', lines: [{ sku, quantity: 3 }] };
    expect(await refusal(supply(transferId, 'receipts', tooMany))).toBe(409);
    const lost = { outcome: 'short', reason: 'two lost on the way' };
    expect(await supply(transferId, 'closure', lost)).toMatchObject({
      status: 'short',
      lines: [{ quantity: 6, departed: 6, received: 4, missing: 2 }],
    });
    expect(await supply(transferId, 'receipts', arrival)).toMatchObject({ status: 'short' });

    await move(sku, west, { kind: 'clear', key: 'c', quantity: 1, reason: 'passed after all' });
    await move(sku, west, { kind: 'quarantine', key: 'q', quantity: 2, reason: 'wet' });
    await move(sku, west, { kind: 'writeOff', from: 'quarantine', key: 'w', quantity: 1, reason: 'mould' });
    expect(await refusal(move(sku, west, { kind: 'clear', key: 'c2', quantity: 9, reason: 'no' }))).toBe(409);
    expect(await positionAt(sku, west)).toMatchObject({ onHand: 2, quarantined: 1, inTransit: 0 });
    await expectExplained(sku, east);
    await expectExplained(sku, west);
    expect(await violationsAt(east, west)).toEqual([]);
  });

  it('is expected by a day, received in part, and changed by its author only forwards', async () => {
    const { east, west, sku } = await house();
    const [soon, late] = [unique('PO'), unique('PO')];
    const order = { kind: 'purchase', supplier: 'ACME', nodeId: east, expectedOn: inDays(5), lines: [{ sku, quantity: 8 }] }; // prettier-ignore
    await announce(soon, { ...order, revision: 2 });
    expect(await announce(soon, { ...order, revision: 1, lines: [{ sku, quantity: 99 }] })).toMatchObject({
      lines: [{ quantity: 8 }],
    });
    expect(await refusal(announce(soon, { ...order, revision: 2, expectedOn: inDays(9) }))).toBe(409);
    await announce(late, { ...order, nodeId: west, expectedOn: inDays(-2) });
    await supply(soon, 'receipts', { key: 'r', lines: [{ sku, quantity: 3 }] });

    const by = (days: number) =>
      api.get<ExpectedAvailability>(`/v1/availability/${sku}`, { by: inDays(days) });
    expect(await by(4)).toMatchObject({ available: 3, promisable: 3 });
    const then = await by(5);
    expect(then).toMatchObject({ available: 3, promisable: 8 });
    expect(then.nodes).toMatchObject([
      { nodeId: east, region: 'NY', available: 3, promisable: 8, expected: 5, overdue: 0 },
      { nodeId: west, region: 'CA', available: 0, promisable: 0, expected: 0, overdue: 8 },
    ]);
    expect(then.regions).toMatchObject([{ region: 'NY', promisable: 8 }, { region: 'CA', promisable: 0 }]); // prettier-ignore
    expect(await refusal(by(-1))).toBe(422);

    const { items } = await api.get<PageOf<OpenSupply>>('/v1/supply', { nodeId: east });
    expect(items).toMatchObject([{ supplyId: soon, supplier: 'ACME', units: 5 }]);
    expect(await refusal(supply(soon, 'closure', { outcome: 'cancelled', reason: 'no' }))).toBe(409);
    await supply(late, 'closure', { outcome: 'cancelled', reason: 'never sent' });
    await supply(soon, 'receipts', { key: 's', lines: [{ sku, quantity: 5 }] });
    expect(await api.get<SupplyOrder>(`/v1/supply/${soon}`)).toMatchObject({ status: 'received' });
    expect((await by(5)).nodes).toMatchObject([{ nodeId: east, available: 8, promisable: 8, supply: [] }]);
    await expectExplained(sku, east);
  });

  it('is taken and sent by the node that it concerns, and by no other', async () => {
    const { east, west, sku } = await house();
    const supplyId = unique('TR');
    await api.call({ method: 'POST', path: `/v1/stock/${sku}/${east}/receipts`, body: { key: 'a', quantity: 2 } });
    await announce(supplyId, { kind: 'transfer', originId: east, nodeId: west, lines: [{ sku, quantity: 2 }] });
    const { body } = await api.call<{ key: string }>({
      method: 'POST',
      path: '/v1/keys',
      body: { scope: 'node', label: 'scanner', nodeId: east },
    });
    const atEast = withKey(body.key);
    expect(await supply(supplyId, 'departure', {}, atEast)).toMatchObject({ status: 'inTransit' });
    const arrival = { key: 'r', lines: [{ sku, quantity: 2 }] };
    expect(await refusal(supply(supplyId, 'receipts', arrival, atEast))).toBe(403);
  }); // prettier-ignore

  it('refuses what it cannot know', async () => {
    const { east, sku } = await house();
    const order = { kind: 'purchase', supplier: 'ACME', nodeId: east, lines: [{ sku, quantity: 1 }] };
    expect(await refusal(announce(unique('PO'), { ...order, lines: [{ sku: 'NOBODYS', quantity: 1 }] }))).toBe(422);
    expect(await refusal(announce(unique('PO'), { ...order, nodeId: 'NOWHERE' }))).toBe(422);
    expect(await refusal(announce(unique('PO'), { ...order, lines: [{ sku, quantity: 1.5 }] }))).toBe(422);
    expect(await refusal(supply(unique('PO'), 'receipts', { key: 'r', lines: [{ sku, quantity: 1 }] }))).toBe(404);
  }); // prettier-ignore
});
