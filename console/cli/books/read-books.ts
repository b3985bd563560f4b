import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../api-client.ts';
import type { OrdersAudit, ProvenCell } from '../api-types.ts';
import { crossCheck, lastingFindings, type Finding } from './cross-check.ts';
import { proveSuspects, readStock, type StockBooks } from './read-stock.ts';

export type Books = {
  readonly positionsChecked: number;
  readonly movementsChecked: number;
  readonly ordersChecked: number;
  readonly openReservations: number;
  readonly reservedUnits: number;
  /** What is off, each for good: a cell was read by itself, an order several times. */
  readonly findings: readonly Finding[];
  /** The cells that are off, with what is needed to understand them. */
  readonly cells: readonly ProvenCell[];
  /** Cells that changed whenever they were read. */
  readonly unsettled: readonly string[];
  readonly readings: number;
};

/** Between two readings, ms: a reservation and its order are seconds apart at most. */
const PAUSES = [1_000, 2_000, 4_000] as const;

const readOrders = async (api: ApiClient, onPage: (orders: number) => void) => {
  const believed: OrdersAudit['reserved'][number][] = [];
  const violations: Finding[] = [];
  let ordersChecked = 0;
  for await (const page of api.pages<OrdersAudit>('/v1/books/orders', { limit: 200 })) {
    believed.push(...page.reserved);
    violations.push(...page.violations);
    ordersChecked += page.ordersChecked;
    onPage(ordersChecked);
  }
  return { believed, violations, ordersChecked };
};

/**
 * Proves the books of stock and of orders through the public API, by the rules that the watchdog proves them by. What
 * looks off in stock is read by itself; what looks off between stock and orders is read again, up to four times.
 */
export const readBooks = async (
  api: ApiClient,
  options: {
    readonly onProgress?: (text: string) => void;
    readonly pauses?: readonly number[];
  } = {},
): Promise<Books> => {
  const say = options.onProgress ?? (() => undefined);
  const read = async () => {
    const stock = await readStock(api, (cells) => say(`${cells} positions read`));
    const read = stock.positionsChecked;
    const orders = await readOrders(api, (count) => say(`${read} positions, ${count} orders read`));
    return { stock, orders, off: [...orders.violations, ...crossCheck(stock.open, orders.believed)] };
  };
  const first = await read();
  let latest = first;
  const readings = [first.off];
  for (const pause of options.pauses ?? PAUSES) {
    if (lastingFindings(readings).length === 0) break;
    await wait(pause);
    latest = await read();
    readings.push(latest.off);
  }
  const proven = await proveSuspects(api, latest.stock, (done, all) =>
    say(`${done} of ${all} suspects proven`),
  );
  return {
    ...countsOf(latest.stock),
    ordersChecked: latest.orders.ordersChecked,
    findings: [...proven.findings, ...lastingFindings(readings)],
    cells: proven.cells,
    unsettled: proven.unsettled,
    readings: readings.length,
  };
};

const countsOf = ({ positionsChecked, movementsChecked, open, reservedUnits }: StockBooks) => ({
  positionsChecked,
  movementsChecked,
  openReservations: open.length,
  reservedUnits,
});
