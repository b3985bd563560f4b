import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { makeDynamoOrderQueries } from '../../../shared/orders/adapters/dynamo-order-queries.ts';
import { makeDynamoOrderStore } from '../../../shared/orders/adapters/dynamo-order-store.ts';
import { makeEndBackorders } from '../../../shared/orders/application/end-backorders.ts';
import { instantOf } from '../../../shared/kernel/instant.ts';
import { makeDocumentClient } from '../../../shared/platform/dynamo/document-client.ts';
import { makeDynamoDecisionLog } from '../../../shared/sourcing/adapters/dynamo-decision-log.ts';
import { whyNot } from '../../../shared/sourcing/index.ts';
import { decideAgain, readDecision, readDecisions } from '../../../console/cli/read-decisions.ts';
import { tellDecision } from '../../../console/cli/tell-decision.ts';
import {
  canonicalOrderOf,
  eventually,
  operator,
  orderOf,
  placeOrder,
  putItem,
  putNode,
  putStock,
  unique,
  workOf,
} from '../../support/integration/stack.ts';
import { takeMessage } from '../../support/integration/take-message.ts';
import { largestRecord } from '../../support/sourcing/records.ts';

const api = operator();
const DAY_MS = 86_400_000;
/** So long an activation takes to reach every decision. */
const STRATEGIES_KEPT_MS = 10_000;

const channel = unique('rules');
const strategyId = channel;
const orderFor = (lines: Readonly<Record<string, number>>, over: Record<string, unknown> = {}) =>
  canonicalOrderOf(lines, { channel, ...over });

const FAR = { country: 'US', latitude: 47.6, longitude: -122.3 };
const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A near and a far node, and one SKU that lies at both. */
const network = async (
  near: Record<string, unknown> | ((sku: string) => Record<string, unknown>),
  far: Record<string, unknown> = {},
  item: Record<string, unknown> = {},
) => {
  const names = { near: unique('N'), far: unique('F'), sku: unique('SKU') };
  await putNode(api, names.near, typeof near === 'function' ? near(names.sku) : near);
  await putNode(api, names.far, { address: FAR, ...far });
  await putItem(api, names.sku, item);
  await putStock(api, names.sku, names.near, 5);
  await putStock(api, names.sku, names.far, 5);
  return names;
};

/** Where the order went, and the decision that sent it there. */
const routed = async (sku: string, over: Record<string, unknown> = {}) => {
  const orderId = await placeOrder(api, orderFor({ [sku]: 1 }, over));
  const [work] = await workOf(api, orderId);
  const [summary] = await readDecisions(api, orderId);
  return { orderId, node: work?.nodeId, record: await readDecision(api, summary?.decisionId ?? '') };
};

const takeMessageOf = async (orderId: string): Promise<Record<string, unknown>> =>
  JSON.parse(await takeMessage('route-order-exceptions', orderId)) as Record<string, unknown>;

beforeAll(async () => {
  await api.call({
    method: 'POST',
    path: `/v1/sourcing/strategies/${strategyId}/versions`,
    body: {
      name: 'Today, else as it comes',
      appliesTo: { channels: [channel] },
      rules: [{ id: 'late', type: 'latenessCost', costPerDay: 300 }],
      onPartial: 'ship',
      onNone: 'exception',
      cancelAfterDays: 2,
      stages: [
        { id: 'today', rules: [{ id: 'ships-today', strength: 'hard', type: 'shipsWithin', days: 0 }] },
      ],
    },
  });
  await api.call({
    method: 'POST',
    path: `/v1/sourcing/strategies/${strategyId}/activation`,
    body: { version: 1 },
  });
  await wait(STRATEGIES_KEPT_MS + 1_000);
});

describe('calendars, capabilities and stages on the deployed stack', () => {
  it('an order that comes after the cut-off of the near node goes to the one that still ships today', async () => {
    const closed = { timeZone: 'America/New_York', workingDays: EVERY_DAY, cutOff: '00:00' };
    const { near, far, sku } = await network({ calendar: closed });
    const { node, record } = await routed(sku);

    expect(node).toBe(far);
    expect(record.decision).toMatchObject({ stage: 'today', parcels: [{ node: far }] });
    expect(whyNot(record.inputs, near)).toEqual({
      answer: 'ways',
      ways: [[{ lift: { why: 'rule', rule: 'ships-today' } }], [{ daysSooner: 1 }]],
    });
    expect(decideAgain(record)).toMatchObject({ inputsIntact: true, sameDecision: true });
  });

  it('what is cold goes to the node that keeps it cold', async () => {
    const { near, far, sku } = await network(
      { capabilities: ['ship'] },
      { capabilities: ['ship', 'cold'] },
      { requires: ['cold'] },
    );
    const { node, record } = await routed(sku);

    expect(node).toBe(far);
    expect(whyNot(record.inputs, near)).toEqual({
      answer: 'ways',
      ways: [[{ lift: { why: 'lacks', capability: 'cold', sku } }]],
    });
  });

  it('a product that the near node has snoozed goes to another', async () => {
    const until = instantOf(Date.now() + DAY_MS);
    const { near, far, sku } = await network((of) => ({ productSnoozes: [{ sku: of, until }] }));
    const { node, record } = await routed(sku);

    expect(node).toBe(far);
    expect(tellDecision(record.decision, record.inputs)).toContainEqual(
      `Out: ${near} (it does not ship ${sku} until ${until}).`,
    );
  });

  it('lateness has a price, and is told', async () => {
    const { far, sku } = await network({ capabilities: [] });
    const { node, record } = await routed(sku, { deliverBy: instantOf(Date.now() + DAY_MS) });

    expect(node).toBe(far);
    const [parcel] = record.decision.parcels;
    expect(parcel?.delivery?.daysLate).toBeGreaterThan(0);
    expect(record.decision.cost.lateness).toBe(300 * (parcel?.delivery?.daysLate ?? 0));
    expect(tellDecision(record.decision, record.inputs).join(' ')).toMatch(/for coming late.* days? late/);
  });

  it('an order that nobody can ship is in the exception queue at once, with the reason', async () => {
    const sku = unique('NONE');
    await putItem(api, sku);
    const orderId = await placeOrder(api, orderFor({ [sku]: 1 }));
    const reason = `no node can ship any of it; strategy ${strategyId} version 1 says so`;

    expect(await takeMessageOf(orderId)).toMatchObject({ orderId, error: 'NothingCanShip', reason });
    const order = await orderOf(api, orderId);
    expect(order.setAside).toMatchObject({ as: 'exception', reason });
    expect(order.lines[0]?.counters).toMatchObject({ open: 1, backordered: 0 });
    expect(await readDecisions(api, orderId)).toHaveLength(1);
  });

  it('what waits for stock is cancelled after the days that its strategy gives it, once', async () => {
    const { near, sku } = await network({}, { capabilities: [] });
    await putStock(api, sku, near, 1);
    const orderId = await placeOrder(api, orderFor({ [sku]: 3 }));
    const waiting = await eventually(
      () => orderOf(api, orderId),
      (order) => order.lines[0]?.counters.backordered === 2,
    );
    const ends = Date.parse(waiting.backordersEnd ?? '');
    expect(Math.abs(ends - Date.now() - 2 * DAY_MS)).toBeLessThan(DAY_MS);

    const table = { client: makeDocumentClient(), tableName: 'switchyard-local-orders' };
    const endBackorders = makeEndBackorders({
      store: makeDynamoOrderStore(table),
      queries: makeDynamoOrderQueries(table),
      now: () => instantOf(ends),
    });
    expect(await endBackorders()).toContain(orderId);
    expect(await endBackorders()).not.toContain(orderId);
    const ended = await orderOf(api, orderId);
    expect(ended.lines[0]?.counters).toMatchObject({ reserved: 1, backordered: 0, cancelled: 2 });
    expect(ended.timeline.filter(({ type }) => type === 'OrderUnitsCancelled.v1')).toHaveLength(1);
  });
});

describe('a decision that is too large for one item and for one answer', () => {
  it('is kept in parts and comes out of the API as it was made', async () => {
    const orderId = `ord_${randomUUID().replaceAll('-', '').slice(0, 26)}`;
    const record = largestRecord(orderId, 'large');
    await makeDynamoDecisionLog({
      client: makeDocumentClient(),
      tableName: 'switchyard-local-sourcing',
    }).keep(record);

    const found = await readDecision(api, record.decisionId);
    expect(found.inputs.offers).toHaveLength(record.inputs.offers.length);
    expect(isDeepStrictEqual(found.inputs, record.inputs)).toBe(true);
  });
});
