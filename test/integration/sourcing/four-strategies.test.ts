/** Orders of four types under four strategies, and nodes that reject, keep silent, fill up and sleep. */
import { decideAgain, readDecision, readDecisions } from '../../../console/cli/read-decisions.ts';
import { tellDecision, tellWhyNot } from '../../../console/cli/tell-decision.ts';
import type { gathering, release } from '../../../shared/contracts/sourcing/releases.ts';
import { whyNot } from '../../../shared/sourcing/index.ts';
import type * as z from 'zod';
import { runSchedule } from '../../support/integration/run-schedule.ts';
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
} from '../../support/integration/stack.ts';
import { takeMessage } from '../../support/integration/take-message.ts';

const api = operator();
/** Customers of this tier alone are under the strategies of this run, so that other suites go on as they were. */
const tier = unique('tier');
/** Strategies, nodes and rejections are remembered for ten seconds. */
const REMEMBERED_MS = 12_000;
const remembered = () => new Promise((resolve) => setTimeout(resolve, REMEMBERED_MS));

const FAR = { address: { country: 'US', region: 'WA', latitude: 47.6, longitude: -122.3 } };
const ids = Object.fromEntries(
  ['consumer', 'b2b', 'pickup', 'preorder'].map((type) => [type, unique(type)]),
) as Readonly<Record<'consumer' | 'b2b' | 'pickup' | 'preorder', string>>;

const CAPACITY = { id: 'day', type: 'capacity', strength: 'hard' };
const STRATEGIES = {
  consumer: {
    rules: [
      CAPACITY,
      { id: 'twice', type: 'attempts', strength: 'hard', most: 2 },
      { id: 'rest', type: 'coolDown', strength: 'hard', rejections: 1, minutes: 60 },
    ],
    onNone: 'queue',
  },
  b2b: { rules: [{ id: 'whole', type: 'shipComplete', strength: 'hard' }], onNone: 'exception' },
  pickup: { rules: [{ id: 'there', type: 'pickup', strength: 'hard' }], onNone: 'backorder' },
  preorder: { rules: [CAPACITY], release: { windowMinutes: 1_440, orders: 'all' } },
};

/** Two nodes, the first of them near, and one product that lies at both. */
const network = async (
  over: { readonly near?: Record<string, unknown>; readonly stock?: readonly [number, number] } = {},
) => {
  const [atNear, atFar] = over.stock ?? [9, 9];
  const names = { near: unique('NEAR'), far: unique('FAR'), sku: unique('SKU') };
  await putNode(api, names.near, { type: 'store', ...over.near });
  await putNode(api, names.far, { type: 'store', ...FAR });
  await putItem(api, names.sku);
  if (atNear > 0) await putStock(api, names.sku, names.near, atNear);
  if (atFar > 0) await putStock(api, names.sku, names.far, atFar);
  return names;
};

const place = (type: keyof typeof ids, lines: Readonly<Record<string, number>>, over: Record<string, unknown> = {}) =>
  placeOrder(api, canonicalOrderOf(lines, { orderType: type, customer: { tier }, ...over })); // prettier-ignore

/** The only piece of work that a node is asked for now. */
const pieceOf = async (orderId: string) => {
  const [piece] = await workOf(api, orderId);
  if (piece === undefined) throw new Error('nobody is asked');
  return piece;
};
const latest = async (orderId: string) => {
  const { decisionId = '' } = (await readDecisions(api, orderId)).at(-1) ?? {};
  return readDecision(api, decisionId);
};
const setAside = (orderId: string) =>
  eventually(
    () => orderOf(api, orderId),
    (order) => order.setAside !== undefined,
  );
const sentenceWhyNot = async (orderId: string, node: string): Promise<readonly string[]> =>
  tellWhyNot(node, whyNot((await latest(orderId)).inputs, node));

beforeAll(async () => {
  for (const [type, strategy] of Object.entries(STRATEGIES)) {
    const id = ids[type as keyof typeof ids];
    const path = `/v1/sourcing/strategies/${id}`;
    const body = { name: `${type} of ${tier}`, appliesTo: { orderTypes: [type], customerTiers: [tier] }, ...strategy };
    await api.call({ method: 'POST', path: `${path}/versions`, body });
    await api.call({ method: 'POST', path: `${path}/activation`, body: { version: 1 } });
  }
  await remembered();
}, 60_000); // prettier-ignore

describe('orders of four types', () => {
  it('are sourced by four strategies', async () => {
    const { near, far, sku } = await network();
    const consumer = await place('consumer', { [sku]: 1 });
    expect((await pieceOf(consumer)).nodeId).toBe(near);
    const b2b = await place('b2b', { [sku]: 12 });
    const pickup = await place('pickup', { [sku]: 1 }, { pickupNode: far });
    const preorder = await place('preorder', { [sku]: 1 });

    expect((await workOf(api, b2b, 2)).map(({ nodeId }) => nodeId).sort()).toEqual([far, near].sort());
    expect((await pieceOf(pickup)).nodeId).toBe(far);
    expect((await setAside(preorder)).setAside).toMatchObject({
      as: 'queued',
      reason: expect.stringContaining(ids.preorder) as unknown,
    });
    for (const [orderId, type] of [[consumer, 'consumer'], [b2b, 'b2b'], [pickup, 'pickup']] as const)
      expect((await latest(orderId)).inputs.strategy.strategyId).toBe(ids[type]);
  }); // prettier-ignore

  it('end with a person, with the reason, when they ship complete and cannot', async () => {
    const { sku } = await network({ stock: [1, 1] });
    const unshippable = await place('b2b', { [sku]: 5 });
    const { setAside: aside } = await setAside(unshippable);
    expect(await takeMessage('route-order-exceptions', unshippable)).toContain('NothingCanShip');
    expect(aside).toMatchObject({ as: 'exception', reason: expect.stringContaining(ids.b2b) as unknown });
  });
});

describe('a node that rejects', () => {
  it('is not asked again, cools down for others, and the order ends in the queue with a reason', async () => {
    const { near, far, sku } = await network();
    const first = await place('consumer', { [sku]: 2 });
    const piece = await pieceOf(first);
    expect(piece.nodeId).toBe(near);
    await answer(api, piece.fulfilmentOrderId, 'rejection', { reason: 'noCapacity' });

    const second = await pieceOf(first);
    expect(second).toMatchObject({ nodeId: far, lines: [{ sku, quantity: 2 }] });
    expect(await sentenceWhyNot(first, near)).toEqual([
      expect.stringContaining('if it had not rejected this order'),
    ]);

    await remembered();
    const other = await place('consumer', { [sku]: 1 });
    expect((await pieceOf(other)).nodeId).toBe(far);
    expect(await sentenceWhyNot(other, near)).toEqual([
      `${near} would have been chosen without the rule rest.`,
    ]);

    // The second rejection uses up its attempts.
    await answer(api, second.fulfilmentOrderId, 'rejection', { reason: 'outOfStock' });
    const { setAside: aside } = await setAside(first);
    expect(aside).toMatchObject({ as: 'queued', reason: expect.stringContaining('no node can ship') as unknown });
    const { decision, inputs } = await latest(first);
    expect(tellDecision(decision, inputs).join(' ')).toContain('rule twice');
  }, 120_000); // prettier-ignore
});

describe('a node that keeps silent', () => {
  it('counts as one that rejects once its time is up', async () => {
    const { near, far, sku } = await network({ near: { acceptWithinMinutes: 1 } });
    const orderId = await place('consumer', { [sku]: 1 });
    expect((await pieceOf(orderId)).nodeId).toBe(near);
    const work = await eventually(
      () => orderOf(api, orderId),
      ({ fulfilmentOrders }) => fulfilmentOrders.some(({ nodeId }) => nodeId === far),
      100_000,
    );
    expect(work.fulfilmentOrders.find(({ nodeId }) => nodeId === near)).toMatchObject({
      status: 'rejected',
      reason: 'silence',
    });
  }, 120_000);
});

describe('a node whose day is full', () => {
  it('is passed over, and gets work again when what it held is given back', async () => {
    const { near, far, sku } = await network({ near: { ordersPerDay: 1 } });
    const first = await place('consumer', { [sku]: 1 });
    const piece = await pieceOf(first);
    expect(piece.nodeId).toBe(near);
    const second = await place('consumer', { [sku]: 1 });
    expect((await pieceOf(second)).nodeId).toBe(far);
    expect(await sentenceWhyNot(second, near)).toEqual([
      `${near} would have been chosen without the rule day.`,
    ]);

    await api.call({
      method: 'POST',
      path: `/v1/orders/${first}/cancellation`,
      body: { reason: 'customer' },
    });
    await eventually(
      () => orderOf(api, first),
      ({ status }) => status === 'cancelled',
    );
    const third = await eventually(
      async () => pieceOf(await place('consumer', { [sku]: 1 })),
      ({ nodeId }) => nodeId === near,
    );
    await shipAll(api, third);
  }, 120_000);

  it('wakes who waits for it, by priority, when it has room again', async () => {
    const { near, sku } = await network({ near: { ordersPerDay: 1 }, stock: [9, 0] });
    const first = await placeOrder(api, canonicalOrderOf({ [sku]: 1 }));
    await pieceOf(first);
    const waits = async (over: Record<string, unknown>) => {
      const orderId = await placeOrder(api, canonicalOrderOf({ [sku]: 1 }, over));
      await eventually(
        () => orderOf(api, orderId),
        ({ status }) => status === 'backordered',
      );
      return orderId;
    };
    const normal = await waits({});
    const urgent = await waits({ priority: 'urgent' });

    await api.call({
      method: 'POST',
      path: `/v1/orders/${first}/cancellation`,
      body: { reason: 'customer' },
    });
    await eventually(
      async () => {
        await runSchedule('sourcing/wake-waiting-orders');
        return orderOf(api, urgent);
      },
      ({ fulfilmentOrders }) => fulfilmentOrders.some(({ nodeId }) => nodeId === near),
    );
    expect((await orderOf(api, normal)).fulfilmentOrders).toEqual([]);
  }, 120_000);

  it('never takes on more than its day, however many ask at once', async () => {
    const { near, sku } = await network({ near: { unitsPerDay: 3 }, stock: [20, 20] });
    const orders = await Promise.all(Array.from({ length: 8 }, () => place('consumer', { [sku]: 1 })));
    const pieces = await Promise.all(orders.map(pieceOf));
    expect(pieces.filter(({ nodeId }) => nodeId === near)).toHaveLength(3);
  }, 120_000);
});

describe('a node that is snoozed', () => {
  it('gets nothing, and the decision says so', async () => {
    const { near, far, sku } = await network({ near: { status: 'snoozed' } });
    const orderId = await place('consumer', { [sku]: 1 });
    expect((await pieceOf(orderId)).nodeId).toBe(far);
    expect(await sentenceWhyNot(orderId, near)).toEqual([
      `${near} would have been chosen if it were not snoozed.`,
    ]);
  });
});

describe('orders that are planned together', () => {
  it('cost less than one by one, go on with their shares, and are decided again bit for bit', async () => {
    const { near, far, sku } = await network({ stock: [2, 9] });
    const pen = unique('PEN');
    await putItem(api, pen);
    await putStock(api, pen, near, 2);
    const single = await place('preorder', { [sku]: 2 });
    await setAside(single);
    const double = await place('preorder', { [sku]: 2, [pen]: 2 });
    await setAside(double);

    type Gathering = z.infer<typeof gathering>;
    const { items } = await api.get<{ items: readonly Gathering[] }>('/v1/sourcing/releases');
    const waiting = items.find(({ strategyId }) => strategyId === ids.preorder);
    expect(waiting?.waiting).toBeGreaterThanOrEqual(2);
    expect(waiting?.since).toBeDefined();

    const run = async (dryRun: boolean) =>
      (
        await api.call<z.infer<typeof release>>({
          method: 'POST',
          path: '/v1/sourcing/releases',
          body: { strategyId: ids.preorder, dryRun },
        })
      ).body;
    expect((await run(true)).released).toBe(0);
    const done = await run(false);
    expect(done).toMatchObject({ chosen: 'together', carried: 0 });
    expect(done.cost).toBeLessThan(done.oneByOneCost);

    expect((await pieceOf(single)).nodeId).toBe(far);
    expect((await workOf(api, double)).map(({ nodeId }) => nodeId)).toEqual([near]);
    const record = await latest(single);
    expect(decideAgain(record)).toMatchObject({ inputsIntact: true, sameDecision: true });
    expect(tellDecision(record.decision, record.inputs).join(' ')).toContain(`2 x ${sku} at ${near}`);
    expect(await api.get(`/v1/sourcing/releases/${done.releaseId}`)).toMatchObject({ status: 'done' });
  }, 120_000);
});
