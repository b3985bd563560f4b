import { gzipSync } from 'node:zlib';
import {
  makeDynamoDemandSamples,
  samplesIn,
} from '../../../shared/sourcing/adapters/dynamo-demand-samples.ts';
import { makeDynamoStockValuation } from '../../../shared/sourcing/adapters/dynamo-stock-valuation.ts';
import { makeKeptStockPrices } from '../../../shared/sourcing/adapters/kept-stock-prices.ts';
import { makeReadStockPrices } from '../../../shared/sourcing/application/read-stock-prices.ts';
import { makeValueStockAhead } from '../../../shared/sourcing/application/value-stock-ahead.ts';
import { expectOrders } from '../../../shared/sourcing/domain/outlook/expected-orders.ts';
import { sampleOf, type SampledOrder } from '../../../shared/sourcing/domain/outlook/sampled-order.ts';
import {
  decideOrder,
  DEFAULT_TARIFF,
  valueStock,
  type DecisionInputs,
} from '../../../shared/sourcing/index.ts';
import { nodeId, sku } from '../../../shared/contracts/scalars.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { aNode, BOSTON, SEATTLE, someInputs } from '../../support/sourcing/builders.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const table = () => ({ client: memoryClient(new MemoryDynamo()), tableName: 'sourcing' });

const recordFrom = (orderId: string, inputs: DecisionInputs) => ({
  ...{ decisionId: `${orderId}.1.a`, orderId, at: inputs.at, inputHash: '', decisionHash: '' },
  ...{ inputs, decision: decideOrder(inputs) },
});

const aSample = (orderId: string, over: Partial<SampledOrder> = {}): SampledOrder => ({
  orderId,
  at: '2026-11-23T09:30:00.000Z',
  strategy: { strategyId: 'default', version: 0 },
  shipTo: { country: 'US', region: 'MA' },
  lines: [{ sku: 'MUG', quantity: 1 }],
  outcome: { money: 1_000, parcels: 1, units: 1, unfilled: 0 },
  ...over,
});
const many = (count: number, over: Partial<SampledOrder> = {}): readonly SampledOrder[] =>
  Array.from({ length: count }, (_, index) => aSample(`o${index}-${over.shipTo?.region ?? ''}`, over));

const world = {
  nodes: [aNode('BOS', { position: BOSTON }), aNode('SEA', { position: SEATTLE })],
  items: new Map([['MUG', { grams: 1_000 }]]),
  tariff: DEFAULT_TARIFF,
};
const stockOf = (BOS: number, SEA: number) => ({
  nodes: ['BOS', 'SEA'],
  stock: [
    { node: 'BOS', sku: 'MUG', quantity: BOS },
    { node: 'SEA', sku: 'MUG', quantity: SEA },
  ],
});
const pricesOf = (stock: ReturnType<typeof stockOf>, samples: readonly SampledOrder[]) => {
  const rows = valueStock(stock, expectOrders(samples, NOW, 1, world), { seed: 1, futures: 3, rounds: 60 });
  return Object.fromEntries(rows.map(({ node, price }) => [node, price]));
};

describe('what a unit is worth to the orders to come', () => {
  it('is nothing where there is plenty', () => {
    expect(pricesOf(stockOf(500, 500), many(20))).toEqual({ BOS: 0, SEA: 0 });
  });

  it('is what the way from further off would cost, where the near node runs short', () => {
    const prices = pricesOf(stockOf(10, 500), many(40));
    const fartherBy = 0.0541 * 2_488;
    expect(prices['SEA']).toBe(0);
    expect(prices['BOS']).toBeGreaterThan(0.8 * fartherBy);
    expect(prices['BOS']).toBeLessThan(1.2 * fartherBy);
  });

  it('is the same for the same seed', () => {
    const orders = [...many(30), ...many(30, { shipTo: { country: 'US', region: 'WA' } })];
    expect(pricesOf(stockOf(20, 20), orders)).toEqual(pricesOf(stockOf(20, 20), orders));
  });

  it('turns a decision to the node that has more than others will need', () => {
    const inputs = someInputs({ stock: { BOS: { MUG: 5 }, CHI: { MUG: 5 } } });
    expect(decideOrder(inputs).parcels.map(({ node }) => node)).toEqual(['BOS']);
    const dear = decideOrder({ ...inputs, prices: [{ node: 'BOS', sku: 'MUG', price: 900 }] });
    expect(dear.parcels.map(({ node }) => node)).toEqual(['CHI']);
    expect(dear.cost.stockValue).toBe(0);
  });
});

describe('the sample that a decision leaves', () => {
  it('says what went where to the degree, and what it came to', () => {
    const inputs = someInputs({
      request: { shipTo: { country: 'US', postcode: '02108', latitude: 42.357, longitude: -71.063 } },
    });
    expect(sampleOf(recordFrom('o1', inputs))).toMatchObject({
      orderId: 'o1',
      shipTo: { country: 'US', latitude: 42, longitude: -71 },
      lines: [{ sku: 'MUG', quantity: 2 }],
      outcome: { parcels: 1, units: 2, unfilled: 0 },
    });
    expect(JSON.stringify(sampleOf(recordFrom('o1', inputs)))).not.toContain('02108');
  });

  it('is left by the first decision on an order only', () => {
    expect(sampleOf(recordFrom('o1', someInputs({ request: { revision: 2 } })))).toBeUndefined();
  });

  it('is read off a stream record, whose bytes are text', () => {
    const record = recordFrom('o1', someInputs());
    const { inputs, decision, ...head } = record;
    const after = { ...head, record: gzipSync(JSON.stringify({ inputs, decision })).toString('base64') };
    expect(samplesIn([{ name: 'INSERT', before: undefined, after }])).toEqual([sampleOf(record)]);
  });
});

describe('samples in the table', () => {
  it('are read once each, the newest days first, however often they were kept', async () => {
    const samples = makeDynamoDemandSamples(table());
    const [today, yesterday, old] = [
      aSample('a'),
      aSample('b', { at: '2026-11-22T09:00:00.000Z' }),
      aSample('c', { at: '2026-10-01T09:00:00.000Z' }),
    ];
    await samples.keep([today, yesterday]);
    await samples.keep([today]);
    await samples.keep([old]);
    expect(await samples.newest(10, '2026-11-01T00:00:00.000Z', NOW)).toEqual([today, yesterday]);
    expect((await samples.newest(1, '2026-11-01T00:00:00.000Z', NOW)).length).toBeGreaterThanOrEqual(1);
  });

  it('fill several items when there are many', async () => {
    const samples = makeDynamoDemandSamples(table());
    await samples.keep(many(2_500));
    expect(await samples.newest(5_000, '2026-11-01T00:00:00.000Z', NOW)).toHaveLength(2_500);
  });
});

describe('valuations in the table', () => {
  const valuation = (valuedAt: string, count: number) => ({
    ...{ valuedAt, seed: 1, horizonDays: 7, samples: 3 },
    rows: Array.from({ length: count }, (_, i) => ({ node: 'BOS', sku: `S${i}`, price: i + 1 })),
  });

  it('replace each other whole, and an earlier one never a later one', async () => {
    const store = makeDynamoStockValuation(table());
    expect(await store.find()).toBeUndefined();
    await store.replace(valuation('2026-11-23T10:00:00.000Z', 45_000));
    expect((await store.find())?.rows).toHaveLength(45_000);
    await store.replace(valuation('2026-11-23T11:00:00.000Z', 2));
    await store.replace(valuation('2026-11-23T10:30:00.000Z', 7));
    expect(await store.find()).toEqual(valuation('2026-11-23T11:00:00.000Z', 2));
    await store.replace(valuation('2026-11-23T12:00:00.000Z', 0));
    expect((await store.find())?.rows).toEqual([]);
  });

  it('are not used when nobody has valued the stock for a day', async () => {
    const store = makeDynamoStockValuation(table());
    await store.replace(valuation('2026-11-23T10:00:00.000Z', 2));
    const at = (moment: string) => makeKeptStockPrices(store, () => Date.parse(moment))(['S1', 'S9']);
    expect(await at('2026-11-24T09:59:00.000Z')).toEqual([{ node: 'BOS', sku: 'S1', price: 2 }]);
    expect(await at('2026-11-24T10:01:00.000Z')).toEqual([]);
  });
});

describe('valuing the stock', () => {
  const setUp = async (available: number) => {
    const where = table();
    const samples = makeDynamoDemandSamples(where);
    const valuations = makeDynamoStockValuation(where);
    await samples.keep(many(100));
    const view = {
      nodes: async () => world.nodes,
      factsOf: async () => world.items,
      stockOnOffer: async () => [
        { nodeId: nodeId.parse('BOS'), sku: sku.parse('MUG'), available },
        { nodeId: nodeId.parse('SEA'), sku: sku.parse('MUG'), available: 10_000 },
      ],
    };
    const run = makeValueStockAhead({ samples, view, valuations, now: () => NOW });
    return { run, valuations };
  };

  it('learns from the samples and keeps what it found', async () => {
    const { run, valuations } = await setUp(100);
    expect(await run()).toMatchObject({ samples: 100, valuedAt: NOW });
    const read = makeReadStockPrices({ valuations });
    const prices = await read({ limit: 10 });
    expect(prices?.items).toMatchObject([{ node: 'BOS', sku: 'MUG' }]);
    expect(prices?.items[0]?.price).toBeGreaterThan(50);
    expect((await read({ limit: 10, nodeId: 'SEA' }))?.items).toEqual([]);
  });

  it('says that nothing is short when nothing is', async () => {
    const { run } = await setUp(10_000);
    expect((await run()).rows).toEqual([]);
  });
});
