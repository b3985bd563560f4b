import { join } from 'node:path';
import { makeApiClient } from '../../../console/cli/api-client.ts';
import { readBooks, type Books } from '../../../console/cli/books/read-books.ts';
import { fileKnownSecrets } from '../../../console/cli/replay/known-secrets.ts';
import { startPartners } from '../partners/start-partners.ts';
import type { Dials } from '../partners/dials.ts';
import { makeCatalogue } from './catalogue.ts';
import { followOrders, hasEnded, readDetail } from './follow-orders.ts';
import { inParallel } from './in-parallel.ts';
import { planOrders, type PlannedOrder } from './order-plan.ts';
import { channelOrderIdOf, connectionOf, openShops, placeOrders } from './place-orders.ts';
import { makeBuyer } from './restock.ts';
import { seedNetwork } from './seed-network.ts';
import { makeStockPlan } from './stock-plan.ts';
import { explainUnended, summarise, type FlowFigures } from './summarise.ts';

export type DemoSettings = {
  readonly url: string;
  readonly adminKey: string;
  /** Given: the simulated nodes take only messages signed with it. */
  readonly signingSecret?: string | undefined;
  readonly seed: number;
  readonly orders?: number;
  /** Orders other than the demo's own: for measuring. */
  readonly plan?: typeof planOrders;
  /** Waited for between the setting up of the network and the first order. */
  readonly beforeOrders?: () => Promise<void>;
  /** 0 to 1, or each dial by itself. */
  readonly nastiness: number | Dials;
  readonly log: (text: string) => void;
  /** How long an order may take to end once all are placed, ms. */
  readonly patienceMs?: number;
};

export type DemoSummary = {
  readonly flow: FlowFigures;
  readonly books: Books;
  readonly partners: {
    readonly deliveries: number;
    readonly repeats: number;
    /** Messages that the channels' own APIs were sent. */
    readonly told: number;
    readonly receipts: number;
  };
  /** From the first order placed to the last one ended. */
  readonly seconds: number;
  /** What should not have happened, in words: empty when all went well. */
  readonly failures: readonly string[];
};

const PROJECT = join(import.meta.dirname, '../../..');
const PATIENCE_MS = 180_000;
const DETAILS_AT_ONCE = 6;

const nameOf = (planned: PlannedOrder): string => `${planned.via} ${channelOrderIdOf(planned)}`;

/**
 * Seeds a network over the public API, lets customers order over both channels and the canonical API, lets nodes and
 * customers misbehave by the dial, serves backorders, and waits until every order has a named end. The partners stay
 * at work afterwards, without keeping the process alive. Throws only when the network cannot be set up.
 */
export const runDemo = async (settings: DemoSettings): Promise<DemoSummary> => {
  const { url, seed, nastiness, log } = settings;
  const api = makeApiClient({ url, key: settings.adminKey });
  const partners = await startPartners({ api, seed, nastiness, log, signingSecret: settings.signingSecret });
  const connection = connectionOf(seed);
  const items = makeCatalogue(partners.dice);
  const stock = makeStockPlan(partners.dice, items);
  const plan = (settings.plan ?? planOrders)(partners.dice, items, settings.orders ?? 120);

  await seedNetwork(api, partners, { items, stock, key: `demo-${seed}` });
  const shops = await openShops(api, partners, fileKnownSecrets(PROJECT), connection);
  log(`network: 10 nodes, ${items.length} items, ${stock.length} stock positions`);

  await settings.beforeOrders?.();

  const startedAt = performance.now();
  const failures: string[] = [...(await placeOrders(shops, plan, sayEvery(log, plan.length)))];
  log(`orders: all ${plan.length} placed after ${since(startedAt).toFixed(1)} s`);

  const buyer = makeBuyer(api, items);
  const expected = plan.map(nameOf);
  let said = '';
  const orders = await followOrders(api, {
    connection,
    expected,
    patienceMs: settings.patienceMs ?? PATIENCE_MS,
    serve: buyer.serve,
    onTick: (seen) => {
      const ended = expected.filter((name) => hasEnded(seen.get(name) ?? { status: '' })).length;
      const waiting = [...seen.values()].filter(({ status }) => status === 'backordered').length;
      const text = `orders: ${ended} of ${expected.length} ended, ${waiting} waiting for stock`;
      if (text !== said) log(text);
      said = text;
    },
  });
  const seconds = since(startedAt);

  const found = [...orders.entries()].filter(([name]) => expected.includes(name));
  const details = await inParallel(found, DETAILS_AT_ONCE, ([, { orderId }]) => readDetail(api, orderId));
  const books = await readBooks(api);
  failures.push(
    ...expected
      .filter((name) => !orders.has(name))
      .map((name) => `${name} was acknowledged and never became an order`),
    ...details.filter((order) => !hasEnded(order)).map(explainUnended),
    ...books.findings.map(({ subject, detail }) => `the books: ${subject}: ${detail}`),
  );
  const traffic = Object.values(shops.traffic());
  return {
    flow: summarise(details, items),
    books,
    partners: {
      deliveries: traffic.reduce((sum, { deliveries }) => sum + deliveries, 0),
      repeats: traffic.reduce((sum, { repeats }) => sum + repeats, 0),
      told: partners.told().length,
      receipts: buyer.receipts(),
    },
    seconds,
    failures,
  };
};

const since = (startedAt: number): number => (performance.now() - startedAt) / 1000;

const sayEvery = (log: (text: string) => void, count: number) => {
  const step = Math.max(1, Math.ceil(count / 4));
  return (placed: number) => {
    if (placed % step === 0) log(`orders: ${placed} of ${count} placed`);
  };
};
