/** What sourcing learns from the orders that it has decided: the worth of stock, and how a version on trial fares. */
import type * as z from 'zod';
import type { stockValuation } from '../../../shared/contracts/sourcing/routes.ts';
import type { strategyHead, trialStanding } from '../../../shared/contracts/sourcing/strategy.ts';
import { runSchedule } from '../../support/integration/run-schedule.ts';
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
} from '../../support/integration/stack.ts';

type Valuation = z.infer<typeof stockValuation>;
type Standing = z.infer<typeof trialStanding>;
type Head = z.infer<typeof strategyHead>;

const api = operator();
/** Decisions are collected for half a minute before they are sampled. */
const SAMPLED_WITHIN_MS = 120_000;

const inParallel = async <Value>(count: number, make: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

const near = unique('NEAR');
const far = unique('FAR');
const sku = unique('SCARCE');

beforeAll(async () => {
  await putItem(api, sku);
  await putNode(api, near);
  await putNode(api, far, { address: { country: 'US', region: 'WA', latitude: 47.6, longitude: -122.3 } });
});

describe('the worth of stock', () => {
  it('rises where more is ordered than there is, and is told by node', async () => {
    await putStock(api, sku, near, 30);
    await putStock(api, sku, far, 5_000);
    await inParallel(15, () => placeOrder(api, canonicalOrderOf({ [sku]: 1 })));
    const prices = await eventually(
      async () => {
        await runSchedule('sourcing/value-stock');
        return api.get<Valuation>(`/v1/sourcing/stock-prices?sku=${sku}`);
      },
      ({ items }) => items.length > 0,
      SAMPLED_WITHIN_MS,
    );
    expect(prices.items).toEqual([{ node: near, sku, price: expect.any(Number) as number }]);
    expect(prices.samples).toBeGreaterThanOrEqual(15);
  });
});

describe('a version on trial', () => {
  it('is withdrawn by its guard when it makes orders dearer', async () => {
    const strategyId = unique('trial');
    const tier = unique('tier');
    const path = `/v1/sourcing/strategies/${strategyId}`;
    const draft = { name: 'least cost', appliesTo: { customerTiers: [tier] } };
    const fromFar = { id: 'far', strength: 'hard', type: 'only', where: { nodes: [far] } };
    await api.call({ method: 'POST', path: `${path}/versions`, body: draft });
    await api.call({ method: 'POST', path: `${path}/versions`, body: { ...draft, rules: [fromFar] } });
    await api.call({ method: 'POST', path: `${path}/activation`, body: { version: 1 } });
    const guard = { metric: 'costPerOrder', worseBy: 0.01, orders: 20 };
    const activation = { version: 2, share: 0.5, guard };
    await api.call({ method: 'POST', path: `${path}/activation`, body: activation });
    await putStock(api, sku, near, 5_000);
    // What is in force reaches every decision within ten seconds.
    await new Promise((resolve) => setTimeout(resolve, 10_500));

    const order = () => canonicalOrderOf({ [sku]: 1 }, { customer: { tier } });
    const placed = await inParallel(70, () => placeOrder(api, order()));
    await eventually(
      async () => Promise.all(placed.map((orderId) => orderOf(api, orderId))),
      (orders) => orders.every(({ fulfilmentOrders }) => fulfilmentOrders.length > 0),
      SAMPLED_WITHIN_MS,
    );
    const standing = await eventually(
      () => api.get<Standing>(`${path}/trial`),
      ({ verdict }) => verdict !== 'tooFew',
      SAMPLED_WITHIN_MS,
    );
    expect(standing).toMatchObject({ active: 1, trial: { version: 2 }, verdict: 'worse' });

    await runSchedule('sourcing/guard-trials');
    const { items } = await api.get<{ items: readonly Head[] }>('/v1/sourcing/strategies');
    const head = items.find((item) => item.strategyId === strategyId);
    expect(head).toMatchObject({ active: 1, lastTrial: { version: 2, outcome: 'rolledBack' } });
    expect(head?.trial).toBeUndefined();
    await api.call({ method: 'POST', path: `${path}/activation`, body: { rollBack: true } });
  }, 240_000);
});
