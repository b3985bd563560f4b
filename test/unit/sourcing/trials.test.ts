import { makeDynamoDemandSamples } from '../../../shared/sourcing/adapters/dynamo-demand-samples.ts';
import { makeDynamoStrategies } from '../../../shared/sourcing/adapters/dynamo-strategies.ts';
import { makeGuardTrials, makeReadTrial } from '../../../shared/sourcing/application/guard-trials.ts';
import {
  makeActivateStrategy,
  makeDraftStrategy,
  makeRollBackStrategy,
  makeTryStrategy,
} from '../../../shared/sourcing/application/manage-strategies.ts';
import type { SampledOrder } from '../../../shared/sourcing/domain/outlook/sampled-order.ts';
import { chooseVersion } from '../../../shared/sourcing/domain/strategy/choose-strategy.ts';
import { judgeTrial } from '../../../shared/sourcing/domain/strategy/judge-trial.ts';
import type { Guard } from '../../../shared/sourcing/domain/strategy/trial.ts';
import { makeRandom } from '../../../shared/sourcing/index.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const BEGUN = '2026-11-23T09:00:00.000Z';
const LATER = '2026-11-23T15:00:00.000Z';
const guard: Guard = { metric: 'costPerOrder', worseBy: 0.05, orders: 50 };
const terms = { version: 2, share: 0.25, guard };

/** Orders that cost `money` on average, a third more or less by chance. */
const orders = (version: number, count: number, money: number): readonly SampledOrder[] => {
  const random = makeRandom(version + 1);
  return Array.from({ length: count }, (_, index) => ({
    orderId: `v${version}-${index}`,
    at: '2026-11-23T12:00:00.000Z',
    strategy: { strategyId: 's', version },
    shipTo: { country: 'US' },
    lines: [{ sku: 'MUG', quantity: 1 }],
    outcome: { money: money * (2 / 3 + (2 / 3) * random.next()), parcels: 1, units: 2, unfilled: 0 },
  }));
};

const setUp = async () => {
  const table = { client: memoryClient(new MemoryDynamo()), tableName: 'sourcing' };
  const clock = { now: BEGUN };
  const withdrawn: string[] = [];
  const deps = {
    strategies: makeDynamoStrategies(table),
    samples: makeDynamoDemandSamples(table),
    now: () => clock.now,
    onRollBack: (_: unknown, reason: string) => void withdrawn.push(reason),
  };
  const { strategyId: _, version: __, ...draft } = aStrategy([]);
  const draftIt = makeDraftStrategy(deps);
  await draftIt('s', draft);
  await draftIt('s', { ...draft, name: 'tried' });
  await makeActivateStrategy(deps)('s', 1);
  return { deps, draft, draftIt, clock, withdrawn, tryIt: makeTryStrategy(deps) };
};

const share = async (deps: Awaited<ReturnType<typeof setUp>>['deps'], count = 4_000): Promise<number> => {
  const inForce = await deps.strategies.listInForce();
  const { request } = someInputs();
  const drawn = Array.from({ length: count }, (_, index) =>
    chooseVersion(inForce, { ...request, orderId: `ord_${String(index).padStart(26, '0')}` }),
  );
  return drawn.filter(({ version }) => version === 2).length / count;
};

describe('a version on trial', () => {
  it('decides its share of the orders, each order always or never', async () => {
    const { deps, tryIt } = await setUp();
    expect(await tryIt('s', terms)).toMatchObject({
      value: { active: 1, trial: { version: 2, since: BEGUN } },
    });
    expect(await share(deps)).toBeGreaterThan(0.22);
    expect(await share(deps)).toBeLessThan(0.28);
    expect(await share(deps)).toBe(await share(deps));
  });

  it('decides no basket, which is no order yet', async () => {
    const { deps, tryIt } = await setUp();
    await tryIt('s', { ...terms, share: 0.99 });
    expect(chooseVersion(await deps.strategies.listInForce(), someInputs().request).version).toBe(1);
  });

  it('is refused without a version in force, beside another trial, or for other orders', async () => {
    const { deps, draft, draftIt, tryIt } = await setUp();
    await draftIt('s', { ...draft, appliesTo: { channels: ['shopify'] } });
    expect(await tryIt('s', { ...terms, version: 3 })).toEqual({
      ok: false,
      refusal: { type: 'otherOrders' },
    });
    expect(await tryIt('s', { ...terms, version: 1 })).toMatchObject({ refusal: { type: 'alreadyActive' } });
    expect(await tryIt('s', { ...terms, version: 9 })).toMatchObject({ refusal: { type: 'noSuchVersion' } });
    expect(await tryIt('t', terms)).toMatchObject({ refusal: { type: 'notFound' } });
    await draftIt('u', { ...draft, appliesTo: { channels: ['api'] } });
    expect(await tryIt('u', { ...terms, version: 1 })).toMatchObject({ refusal: { type: 'nothingInForce' } });
    await draftIt('s', draft);
    await tryIt('s', terms);
    expect(await tryIt('s', { ...terms, version: 4 })).toMatchObject({ refusal: { type: 'trialRuns' } });
    expect((await deps.strategies.findHead('s'))?.trial).toMatchObject({ version: 2 });
  });

  it('is promoted by putting it in force, and withdrawn by rolling back', async () => {
    const { deps, tryIt } = await setUp();
    await tryIt('s', terms);
    expect(await makeRollBackStrategy(deps)('s')).toMatchObject({
      value: { active: 1, lastTrial: { version: 2, outcome: 'withdrawn' } },
    });
    expect(await share(deps)).toBe(0);
    await tryIt('s', terms);
    expect(await makeActivateStrategy(deps)('s', 2)).toMatchObject({
      value: { active: 2, lastTrial: { outcome: 'promoted' } },
    });
    expect((await deps.strategies.findHead('s'))?.trial).toBeUndefined();
  });
});

describe('the guard of a trial', () => {
  it('withdraws a version that costs more than it allows, and says so', async () => {
    const { deps, clock, withdrawn, tryIt } = await setUp();
    await tryIt('s', terms);
    await deps.samples.keep([...orders(1, 300, 1_000), ...orders(2, 100, 1_200)]);
    clock.now = LATER;
    expect(await makeReadTrial(deps)('s')).toMatchObject({
      value: { verdict: 'worse', inForce: { orders: 300 }, onTrial: { orders: 100 } },
    });
    expect(await makeGuardTrials(deps)()).toHaveLength(1);
    expect(withdrawn).toEqual([
      expect.stringMatching(/^costPerOrder \d+ over 100 orders, against \d+ over 300$/),
    ]);
    expect(await deps.strategies.findHead('s')).toMatchObject({
      active: 1,
      lastTrial: { version: 2, outcome: 'rolledBack', endedAt: LATER, reason: withdrawn[0] },
    });
    expect(await share(deps)).toBe(0);
    expect(await makeGuardTrials(deps)()).toEqual([]);
    expect(await makeReadTrial(deps)('s')).toEqual({ ok: false, refusal: { type: 'noTrial' } });
  });

  it('leaves one alone that is no worse, or has decided too few', async () => {
    const { deps, clock, withdrawn, tryIt } = await setUp();
    await tryIt('s', terms);
    clock.now = LATER;
    await deps.samples.keep([...orders(1, 300, 1_000), ...orders(2, 40, 1_010)]);
    expect(await makeReadTrial(deps)('s')).toMatchObject({ value: { verdict: 'tooFew' } });
    await deps.samples.keep(orders(2, 200, 1_010).slice(40));
    expect(await makeReadTrial(deps)('s')).toMatchObject({ value: { verdict: 'fine' } });
    expect(await makeGuardTrials(deps)()).toEqual([]);
    expect(withdrawn).toEqual([]);
  });

  it('counts only orders since the trial began', async () => {
    const { deps, clock, tryIt } = await setUp();
    clock.now = LATER;
    await tryIt('s', terms);
    await deps.samples.keep(orders(1, 300, 1_000));
    expect(await makeReadTrial(deps)('s')).toMatchObject({ value: { inForce: { orders: 0 } } });
  });

  it('is not broken by a difference that chance may have made', () => {
    const few = { ...guard, orders: 20 };
    expect(judgeTrial(few, orders(1, 20, 1_000), orders(2, 20, 1_000))).toMatchObject({ verdict: 'fine' });
  });

  it('watches what is asked for', () => {
    const unfilled = orders(2, 100, 1_000).map((order) => ({
      ...order,
      outcome: { ...order.outcome, unfilled: 1 },
    }));
    const verdictOf = (metric: Guard['metric']) =>
      judgeTrial({ ...guard, metric }, orders(1, 100, 1_000), unfilled).verdict;
    expect(verdictOf('unfilledShare')).toBe('worse');
    expect(verdictOf('parcelsPerOrder')).toBe('fine');
  });
});
