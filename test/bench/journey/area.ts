/**
 * The journey of orders through the deployed stack: how long it takes and what it costs (W1, K1), and how heavy the
 * way in is (L1).
 */
import { join } from 'node:path';
import { resourceName } from '../../../infra/config/names.ts';
import { stageNamed } from '../../../infra/config/stages.ts';
import { functionSources } from '../../../infra/build/function-sources.ts';
import { isWanted, measure, type Measure, type RunArea } from '../measures.ts';
import { billOf, type Bill } from './bill.ts';
import { measureBundles } from './bundles.ts';
import { LIST_PRICES } from './list-prices.ts';
import { planPlainOrders } from './plain-orders.ts';
import { runLoads, type LoadResult } from './run-load.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PORT = 8390;

/** The figures of textbook orchestration stated with the goal: every step a Standard state, a queue for each event. */
const TEXTBOOK = { units: 177, usdPer1000: 0.653 } as const;

/**
 * Functions that only those call who watch (this benchmark, people, nodes that ask for work every two seconds), or that
 * set up the network: like all that the clock calls, their cost grows with time, not with orders.
 */
const WATCHERS = new Set([
  'orders/api/list-orders',
  'orders/api/get-order',
  'orders/api/audit-orders',
  'inventory/api/get-stock',
  'inventory/api/audit-stock',
  'inventory/api/list-stock-movements',
  'fulfilment/api/list-fulfilment-orders',
  'fulfilment/api/get-fulfilment-order',
]);

const stage = stageNamed('local');
const nameOf = (context: string, name: string): string => resourceName(stage, context, name);
const sources = functionSources(ROOT);
const endpoints = new Set(
  sources
    .filter(({ kind, path }) => kind === 'api' && path !== 'access/api/authorize-request')
    .map(({ context, name }) => nameOf(context, name)),
);
const watchers = new Set(
  sources
    .filter(({ kind, path }) => kind === 'schedules' || WATCHERS.has(path))
    .map(({ context, name }) => nameOf(context, name)),
);

const billFor = ({ lines }: LoadResult): Bill =>
  billOf(
    lines.filter(({ service, what, by }) => !watchers.has(service === 'lambda' ? what : (by ?? ''))),
    (name) => endpoints.has(name),
  );

const ended = ({ summary }: LoadResult): number => {
  const { shipped = 0, partlyShipped = 0, cancelled = 0 } = summary.flow.outcomes;
  return shipped + partlyShipped + cancelled;
};

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const mixOf = ({ summary: { flow, seconds } }: LoadResult): string =>
  [
    `${flow.orders} orders in ${seconds.toFixed(0)} s`,
    `${(flow.units.ordered / flow.orders).toFixed(1)} units and ${flow.shipmentsPerShippedOrder.toFixed(2)} shipments an order`,
    `${(100 * flow.splitShare).toFixed(0)} % split`,
    `orders ${listed(flow.outcomes)}; work ${listed(flow.work)}`,
  ].join('; ');

const partsOf = (values: Readonly<Record<string, number>>, per: number, digits: number): string =>
  Object.entries(values)
    .map(([kind, value]) => `${kind} ${(value / per).toFixed(digits)}`)
    .join(', ');

const COUNTED =
  'Counted at the local cloud per request: write and read units as DynamoDB weighs them (a refused condition as one unit, times two in a transaction), invocations, API requests, SQS requests of rules and mappings, events, transitions, runs. Left out: polls that find nothing, watchers, the clock, log lines';

const journeyMeasures = (plain: LoadResult, mixed: LoadResult, seed: number): readonly Measure[] => {
  const [plainBill, mixedBill] = [billFor(plain), billFor(mixed)];
  const [plainOrders, mixedOrders] = [ended(plain), ended(mixed)];
  const { flow, seconds } = mixed.summary;
  const cost = { n: plainOrders, seed };
  return [
    measure({
      id: 'W1.orderToShippedP50',
      value: flow.orderToShipped.p50,
      unit: 's',
      goal: 'reported',
      n: flow.orders,
      seed,
      peers: { plainOrders: plain.summary.flow.orderToShipped.p50, p90: flow.orderToShipped.p90 },
      note: `Demo load with all its misfortunes, delays of the simulated nodes included. ${mixOf(mixed)}`,
    }),
    measure({
      id: 'W1.ordersPerSecond',
      value: mixedOrders / seconds,
      unit: 'orders/s',
      goal: 'reported',
      n: mixedOrders,
      seed,
      peers: { plainOrders: plainOrders / plain.summary.seconds },
      note: 'From the first order placed to the last one ended; a silent node is waited for 60 s',
    }),
    measure({
      ...cost,
      id: 'K1.unitsPerOrder',
      value: plainBill.totalUnits / plainOrders,
      unit: 'billed units',
      goal: '<= 90',
      peers: { textbook: TEXTBOOK.units, demoLoad: mixedBill.totalUnits / mixedOrders },
      note: `Plain orders: ${mixOf(plain)}. ${partsOf(plainBill.units, plainOrders, 1)}. ${COUNTED}. demoLoad: the same for the load of W1`,
    }),
    measure({
      ...cost,
      id: 'K1.usdPer1000',
      value: (1_000 * plainBill.totalUsd) / plainOrders,
      unit: 'USD',
      goal: '<= 0.30',
      peers: {
        textbook: TEXTBOOK.usdPer1000,
        demoLoad: (1_000 * mixedBill.totalUsd) / mixedOrders,
      },
      note: `List prices of ${LIST_PRICES.region}, ${LIST_PRICES.date}, no free tier. ${partsOf(plainBill.usd, plainOrders / 1_000, 4)}. Lambda time is this machine's, cold starts included: ${((1_000 * plainBill.timeUsd) / plainOrders).toFixed(4)}. Logs not included: ${((1_000 * plainBill.logUsd) / plainOrders).toFixed(4)}`,
    }),
  ];
};

const bundleMeasures = async (rounds: number, seed: number): Promise<readonly Measure[]> => {
  const { ingest, peer } = await measureBundles(ROOT, rounds);
  const [hot, ...behind] = ingest;
  if (hot === undefined) throw new Error('the ingest path has no bundle');
  return [
    measure({
      id: 'L1.hotPathKiB',
      value: hot.kib,
      unit: 'KiB',
      goal: '<= 150',
      n: 1,
      seed,
      peers: Object.fromEntries([...behind, peer].map(({ name, kib }) => [name, kib])),
      note: `${hot.name}: the one function that a channel waits for, minified as deployed. What the stream calls later is given beside it`,
    }),
    measure({
      id: 'L1.initOverBareNode',
      value: hot.loadMs / peer.loadMs,
      unit: 'ratio',
      goal: '<= 0.5',
      n: rounds,
      seed,
      peers: Object.fromEntries(behind.map(({ name, loadMs }) => [name, loadMs / peer.loadMs])),
      note: `Module load in fresh processes in turn, medians: ${hot.name} ${hot.loadMs.toFixed(1)} ms, SDK (DynamoDB, Secrets Manager) with Powertools (logger, metrics) bundled alike ${peer.loadMs.toFixed(1)} ms`,
    }),
  ];
};

/** W1, K1 and L1. Brings up its own local cloud. @throws Error when an order of the load does not end */
export const run: RunArea = async (options) => {
  const { quick, seed, progress } = options;
  const wants = (...ids: readonly string[]) => ids.some((id) => isWanted(options, id));
  const measures: Measure[] = [];
  if (wants('L1.hotPathKiB', 'L1.initOverBareNode'))
    measures.push(...(await bundleMeasures(quick ? 9 : 31, seed)));
  if (wants('W1.orderToShippedP50', 'W1.ordersPerSecond', 'K1.unitsPerOrder', 'K1.usdPer1000')) {
    const [plain, mixed] = await runLoads(
      [
        { seed: seed + 1, orders: quick ? 40 : 120, nastiness: 0, plan: planPlainOrders },
        { seed, orders: quick ? 40 : 120, nastiness: 0.3 },
      ],
      { root: ROOT, port: PORT, progress },
    );
    if (plain === undefined || mixed === undefined) throw new Error('a load did not run');
    for (const { summary } of [plain, mixed]) {
      if (summary.failures.length > 0) throw new Error(`the load failed: ${summary.failures.join('; ')}`);
    }
    measures.push(...journeyMeasures(plain, mixed, seed));
  }
  return measures.filter(({ id }) => isWanted(options, id));
};
