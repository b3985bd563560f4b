import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strategyDraft } from '../../../shared/contracts/sourcing/strategy.ts';
import { packRecord } from '../../../shared/sourcing/adapters/packed-record.ts';
import { makeRandom } from '../../../shared/sourcing/domain/seeded-random.ts';
import {
  decideOrder,
  DEFAULT_TARIFF,
  type DecisionInputs,
  type OfferedNode,
  type Strategy,
} from '../../../shared/sourcing/index.ts';
import { measure, median, type Measure } from '../measures.ts';
import type { Geography } from './cities.ts';
import type { SourcingBench } from './context.ts';
import { generateSingle } from './generate.ts';

const EXAMPLE = join(import.meta.dirname, '../../support/sourcing/examples/today-first.strategy.json');
/** An item holds 400 KB; its keys and hashes take less than one of them. */
const ITEM_BYTES = 400 * 1_024;
const WARM_UP = 500;
const CALLS = 3;

/** A strategy as a retailer with calendars and promises would have it: two stages before it and 18 rules. */
const richStrategy = (): Strategy => ({
  ...strategyDraft.parse(JSON.parse(readFileSync(EXAMPLE, 'utf8'))),
  strategyId: 'today-first',
  version: 1,
});

const TYPES = ['warehouse', 'store', 'store', '3pl', 'store'];

/** An order of the morning, over nodes at random metros with calendars, capabilities and limits. */
const inputsOf = (
  geography: Geography,
  size: { readonly lines: number; readonly nodes: number },
  seed: number,
  strategy: Strategy,
): DecisionInputs => {
  const random = makeRandom(seed);
  const place = () => {
    const metro = geography.metros[random.below(geography.metros.length)];
    return { latitude: metro?.latitude ?? 40, longitude: metro?.longitude ?? -90 };
  };
  const lines = Array.from({ length: size.lines }, (_, index) => ({
    lineId: String(index + 1),
    sku: `SKU-${random.below(100_000)}`,
    quantity: 1 + random.below(3),
  }));
  const nodes = Array.from({ length: size.nodes }, (_, index): OfferedNode => ({
    nodeId: `${index % 5 === 0 ? 'DC' : 'ST'}-${index + 1}`,
    type: TYPES[index % TYPES.length] ?? 'store',
    status: 'active',
    priority: index % 5 === 0 ? 10 : 100,
    country: 'US',
    region: 'OH',
    position: place(),
    costs: { perShipment: 120 + random.below(140), perUnit: 45 + random.below(70) },
    ordersPerDay: 400,
    capabilities: ['ship', 'pickup', 'gift-wrap'],
    calendar: {
      timeZone: 'America/New_York',
      localTime: '2026-11-25T10:15',
      workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      closedDates: ['2026-11-26', '2026-12-25'],
      cutOff: index % 3 === 0 ? '10:00' : '14:00',
      handlingDays: 0,
    },
  }));
  return {
    at: '2026-11-25T15:15:00.000Z',
    request: {
      orderId: 'ord_01h9v6q0x4m8c2k7r5t3w1y9za',
      revision: 1,
      orderType: 'consumer',
      channel: 'shopify',
      customerTier: 'gold',
      deliverBy: '2026-11-29T04:59:59.000Z',
      shipComplete: false,
      lines,
      shipTo: { country: 'US', ...place() },
      excludedNodes: [],
    },
    nodes,
    offers: nodes.flatMap(({ nodeId }) =>
      lines
        .filter(() => random.next() < 0.4)
        .map(({ sku }) => ({ sku, nodeId, available: 1 + random.below(20) })),
    ),
    items: Object.fromEntries(lines.map(({ sku }) => [sku, { grams: 300 + random.below(2_000), value: 2_500 }])),
    tariff: DEFAULT_TARIFF,
    strategy,
  };
}; // prettier-ignore

const secondsOf = (inputs: DecisionInputs): number => {
  let seconds = Number.POSITIVE_INFINITY;
  for (let call = 0; call < CALLS; call += 1) {
    const started = performance.now();
    decideOrder(inputs);
    seconds = Math.min(seconds, (performance.now() - started) / 1_000);
  }
  return seconds;
};

const largest = (sizes: readonly number[]): number => sizes.reduce((most, size) => Math.max(most, size), 0);

/** What the request path does for one order under a rich strategy, and what its record takes. */
export const measureDecisions = (bench: SourcingBench): readonly Measure[] => {
  const { options, geography } = bench;
  const { seed, quick } = options;
  const n = quick ? 200 : 2_000;
  const strategy = richStrategy();
  const drawn = (size: { readonly lines: number; readonly nodes: number }, count: number) =>
    Array.from({ length: count }, (_, index) =>
      inputsOf(geography, size, seed * 100_000 + index, strategy),
    );
  for (const inputs of drawn({ lines: 2, nodes: 20 }, WARM_UP)) decideOrder(inputs);
  const typical = drawn({ lines: 2, nodes: 20 }, n);
  const own = median(typical.map(secondsOf));
  options.progress(`R5: ${n} decisions`);
  const bare = Array.from({ length: Math.min(n, 500) }, (_, index) =>
    generateSingle(geography, { lines: 2, nodes: 20 }, seed * 100_000 + index),
  );
  const highs = median(bare.map((instance) => bench.highs.solve(instance).seconds));
  const glpk = median(bare.map((instance) => bench.glpk(instance).seconds));
  const recordsOf = (inputs: readonly DecisionInputs[]) =>
    inputs.map((each) => ({ inputs: each, decision: decideOrder(each) }));
  const bytesOf = (records: readonly unknown[]) => largest(records.map((record) => packRecord(record).length));
  const small = recordsOf(typical.slice(0, 200));
  const large = recordsOf(drawn({ lines: 5, nodes: 200 }, quick ? 20 : 100));
  return [
    measure({
      id: 'R5.decideMicros',
      value: own * 1e6,
      unit: 'us',
      goal: '< 1000',
      n,
      seed,
      note: 'inputs to decision, with eliminations, scores and alternatives: 2 lines x 20 nodes, 2 stages before the last, 18 rules; median of the shortest of three calls',
    }),
    measure({
      id: 'R5.decideOverHiGHS',
      value: own / highs,
      unit: 'x',
      goal: '<= 0.1',
      n,
      seed,
      peers: { 'HiGHS us': highs * 1e6, 'GLPK us': glpk * 1e6 },
      note: 'the same against the run alone of a solver on one bare order of that size, without rules',
    }),
    measure({
      id: 'R5.recordBytes',
      value: bytesOf(large),
      unit: 'bytes',
      goal: `<= ${ITEM_BYTES}`,
      n: large.length,
      seed,
      peers: {
        '20 nodes': bytesOf(small),
        '20 nodes, gzip': largest(small.map((record) => gzipSync(JSON.stringify(record)).length)),
      },
      note: 'largest packed record of inputs and decision, 5 lines x 200 nodes; peers: 2 lines x 20 nodes',
    }),
  ];
}; // prettier-ignore
