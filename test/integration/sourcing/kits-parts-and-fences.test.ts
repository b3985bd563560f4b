import { setTimeout as wait } from 'node:timers/promises';
import { ApiRefusal } from '../../../console/cli/api-client.ts';
import { decideAgain, readDecision, readDecisions } from '../../../console/cli/read-decisions.ts';
import { tellDecision, tellWhyNot } from '../../../console/cli/tell-decision.ts';
import { whyNot } from '../../../shared/sourcing/index.ts';
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

const api = operator();
/** So long an activation takes to reach every decision. */
const STRATEGIES_KEPT_MS = 10_000;
const FAR = { country: 'US', latitude: 47.6, longitude: -122.3 };
/** So heavy that a parcel more from near is cheaper than carrying it from far. */
const HEAVY = { weightGrams: 90_000 };

/** Under `plain` no strategy applies but the default. */
const channels = { plain: unique('plain'), parts: unique('parts'), opens: unique('opens') };

const activate = async (strategyId: string, rules: readonly unknown[]): Promise<void> => {
  const path = `/v1/sourcing/strategies/${strategyId}`;
  const body = { name: strategyId, appliesTo: { channels: [strategyId] }, rules };
  await api.call({ method: 'POST', path: `${path}/versions`, body });
  await api.call({ method: 'POST', path: `${path}/activation`, body: { version: 1 } });
};

type Stock = Readonly<Record<string, number>>;
type Line = { readonly quantity: number } & Readonly<Record<string, unknown>>;

/** A near shop and a far warehouse, and what lies there of items that nobody else orders. */
const network = async (
  items: Readonly<Record<string, Record<string, unknown>>>,
  stock: { readonly near: Stock; readonly far: Stock },
) => {
  const [near, far] = [unique('N'), unique('F')];
  const skus = Object.fromEntries(Object.keys(items).map((name) => [name, unique(name)]));
  await putNode(api, near, { type: 'store' });
  await putNode(api, far, { address: FAR });
  for (const [name, item] of Object.entries(items)) {
    const sku = skus[name] ?? '';
    await putItem(api, sku, item);
    if (stock.near[name] !== undefined) await putStock(api, sku, near, stock.near[name]);
    if (stock.far[name] !== undefined) await putStock(api, sku, far, stock.far[name]);
  }
  return { near, far, skus, skuOf: (name: string) => skus[name] ?? '' };
};

const orderOfLines = (skus: Readonly<Record<string, string>>, lines: Readonly<Record<string, Line>>, channel: string) => {
  const names = Object.keys(lines);
  const order = canonicalOrderOf(
    Object.fromEntries(names.map((name) => [skus[name] ?? '', lines[name]?.quantity ?? 0])),
    { channel },
  );
  return { ...order, lines: order.lines.map((line, at) => ({ ...line, ...lines[names[at] ?? ''] })) };
}; // prettier-ignore

/** Where the units went, by node and item, and the decision that sent them there. */
const routed = async (
  skus: Readonly<Record<string, string>>,
  lines: Readonly<Record<string, Line>>,
  channel = channels.plain,
) => {
  const orderId = await placeOrder(api, orderOfLines(skus, lines, channel));
  await workOf(api, orderId);
  const [summary] = await readDecisions(api, orderId);
  const record = await readDecision(api, summary?.decisionId ?? '');
  const work = await workOf(api, orderId, record.decision.parcels.length);
  expect(decideAgain(record)).toMatchObject({ inputsIntact: true, sameDecision: true, faults: [] });
  const nameOf = (sku: string) => Object.keys(skus).find((name) => skus[name] === sku) ?? sku;
  return {
    orderId,
    record,
    went: Object.fromEntries(
      work.map(({ nodeId, lines: shipped }) => [
        nodeId,
        Object.fromEntries(shipped.map(({ sku, quantity }) => [nameOf(sku), quantity])),
      ]),
    ),
    told: tellDecision(record.decision, record.inputs),
    whyNot: (node: string) => tellWhyNot(node, whyNot(record.inputs, node)),
  };
};

beforeAll(async () => {
  await activate(channels.parts, [
    { id: 'worth-a-parcel', strength: 'hard', type: 'partAbove', value: 1_500 },
    { id: 'shop-need', strength: 'hard', type: 'weeksOfSupply', weeks: 2, where: { types: ['store'] } },
  ]);
  await activate(channels.opens, [
    { id: 'open-shops', strength: 'hard', type: 'openRingFence', where: { types: ['store'] } },
  ]);
  await wait(STRATEGIES_KEPT_MS + 1_000);
});

describe('kits and groups on the deployed stack', () => {
  const kit = (perKit: number) => ({ kit: { kitId: 'TEA-SET', perKit } });

  it('a kit goes out whole from one node although another is cheaper for a part of it', async () => {
    const { near, far, skus } = await network(
      { POT: HEAVY, CUP: {} },
      { near: { POT: 5 }, far: { POT: 5, CUP: 9 } },
    );
    const lines = { POT: { quantity: 1, ...kit(1) }, CUP: { quantity: 4, ...kit(4) } };
    const order = await routed(skus, lines);

    expect(order.went).toEqual({ [far]: { POT: 1, CUP: 4 } });
    expect(order.told).toContain(`Kit TEA-SET ships whole or not at all: 1 from ${far}.`);
    expect(order.whyNot(near)).toContain(
      `${near} would have been chosen if kits TEA-SET need not ship whole.`,
    );
    const loose = await routed(skus, { POT: { quantity: 1 }, CUP: { quantity: 4 } });
    expect(loose.went).toEqual({ [near]: { POT: 1 }, [far]: { CUP: 4 } });
  });

  it('a group stays together', async () => {
    const { near, far, skus } = await network(
      { MUG: HEAVY, TEA: {} },
      { near: { MUG: 5 }, far: { MUG: 5, TEA: 5 } },
    );
    const together = { quantity: 1, keepTogether: 'gift' };
    const order = await routed(skus, { MUG: together, TEA: together });

    expect(order.went).toEqual({ [far]: { MUG: 1, TEA: 1 } });
    expect(order.told).toContain(`Group gift (2 lines) ships as a whole from ${far}.`);
    expect(order.whyNot(near)).toContain(
      `${near} would have been chosen if the lines of gift need not ship together.`,
    );
  });

  it('lines that make no whole kits are refused', async () => {
    const { skus } = await network({ POT: {}, CUP: {} }, { near: {}, far: {} });
    const lines = { POT: { quantity: 2, ...kit(1) }, CUP: { quantity: 6, ...kit(4) } };
    const refused = placeOrder(api, orderOfLines(skus, lines, channels.plain));
    await expect(refused).rejects.toThrow(ApiRefusal);
    await expect(refused).rejects.toMatchObject({ status: 422 });
    const basket = {
      lines: Object.keys(lines).map((name, at) => ({
        lineId: `${at}`,
        sku: skus[name],
        ...lines[name === 'POT' ? 'POT' : 'CUP'],
      })),
      shipTo: {},
    };
    const evaluated = api.call({ method: 'POST', path: '/v1/sourcing/evaluate', body: { basket } });
    await expect(evaluated).rejects.toMatchObject({ status: 422 });
  });
});

describe('parts and fences on the deployed stack', () => {
  const price = (minor: number) => ({ price: { currency: 'USD', minor } });

  it('a part that is worth too little is not sent alone', async () => {
    const { near, far, skus } = await network(
      { POT: price(2_000), CUP: price(400) },
      { near: { CUP: 5 }, far: { POT: 5 } },
    );
    const order = await routed(skus, { POT: { quantity: 1 }, CUP: { quantity: 1 } }, channels.parts);

    expect(order.went).toEqual({ [far]: { POT: 1 } });
    const { lines } = await eventually(
      () => orderOf(api, order.orderId),
      (found) => found.lines.some(({ counters }) => counters.backordered > 0),
    );
    expect(lines.map(({ counters }) => counters.backordered)).toEqual([0, 1]);
    expect(order.whyNot(near)).toContain(`${near} would have been chosen without the rule worth-a-parcel.`);
  });

  it('a shop keeps weeks of what it needs itself', async () => {
    const { near, far, skus, skuOf } = await network({ MUG: {} }, { near: { MUG: 5 }, far: { MUG: 5 } });
    await api.call({
      method: 'PUT',
      path: '/v1/sourcing/demand-rates',
      headers: { 'content-type': 'text/csv' },
      body: `sku,nodeId,unitsPerWeek\n${skuOf('MUG')},${near},1.8\n`,
    });
    const order = await routed(skus, { MUG: { quantity: 2 } }, channels.parts);

    expect(order.went).toEqual({ [far]: { MUG: 2 } });
    expect(order.whyNot(near)).toEqual(
      expect.arrayContaining([
        `${near} would have been chosen without the rule shop-need.`,
        `${near} would have been chosen with 1 x ${skuOf('MUG')} more on its shelf.`,
      ]),
    );
    expect((await routed(skus, { MUG: { quantity: 2 } })).went).toEqual({ [near]: { MUG: 2 } });
  });

  it('ring-fenced stock stays where it is, until a strategy opens the ring-fence', async () => {
    const { near, far, skus, skuOf } = await network({ MUG: {} }, { near: { MUG: 5 }, far: { MUG: 5 } });
    await api.call({
      method: 'PUT',
      path: `/v1/stock/${skuOf('MUG')}/${near}/ring-fence`,
      body: { key: unique('fence'), units: 5, reason: 'kept for the shop window' },
    });
    const fenced = await routed(skus, { MUG: { quantity: 2 } });
    expect(fenced.went).toEqual({ [far]: { MUG: 2 } });
    expect(fenced.told).toContain(`Out: ${near} (what it has is ring-fenced).`);
    expect(fenced.whyNot(near)).toEqual([
      `${near} would have been chosen if its ring-fence were open to this order.`,
    ]);

    const opened = await routed(skus, { MUG: { quantity: 2 } }, channels.opens);
    expect(opened.went).toEqual({ [near]: { MUG: 2 } });
  });
});
