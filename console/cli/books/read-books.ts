import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../api-client.ts';
import type { OrdersAudit, StockAudit } from '../api-types.ts';
import { crossCheck, lastingFindings, type Books } from './cross-check.ts';

const PAGE = { limit: 200 };
/** Between two readings, ms: a reservation and its order are seconds apart at most. */
const PAUSES = [1_000, 2_000, 4_000] as const;

const readOnce = async (
  api: ApiClient,
  onPage: (positions: number, orders: number) => void,
): Promise<Books> => {
  const stock: StockAudit[] = [];
  const orders: OrdersAudit[] = [];
  const count = () =>
    onPage(
      stock.reduce((sum, page) => sum + page.positionsChecked, 0),
      orders.reduce((sum, page) => sum + page.ordersChecked, 0),
    );
  for await (const page of api.pages<StockAudit>('/v1/books/stock', PAGE)) {
    stock.push(page);
    count();
  }
  for await (const page of api.pages<OrdersAudit>('/v1/books/orders', PAGE)) {
    orders.push(page);
    count();
  }
  return crossCheck(stock, orders);
};

/**
 * Reads the books of stock and of orders through the public API and says what is off. Reads again, up to four times,
 * before it accuses: `findings` are those that every reading repeats.
 */
export const readBooks = async (
  api: ApiClient,
  options: {
    readonly onPage?: (positions: number, orders: number) => void;
    readonly pauses?: readonly number[];
  } = {},
): Promise<Books & { readonly readings: number }> => {
  const read = () => readOnce(api, options.onPage ?? (() => undefined));
  let latest = await read();
  const readings = [latest];
  for (const pause of options.pauses ?? PAUSES) {
    if (lastingFindings(readings).length === 0) break;
    await wait(pause);
    latest = await read();
    readings.push(latest);
  }
  return { ...latest, findings: lastingFindings(readings), readings: readings.length };
};
