import { decideOrder, DEFAULT_TARIFF, type Decision, type Strategy } from '../../../shared/sourcing/index.ts';
import type { PastOrder } from './past-orders.ts';
import { destinationOf, gramsOf, nodes, openingStock } from './world.ts';

export type DayFigures = {
  readonly day: string;
  orders: number;
  shippedOrders: number;
  parcels: number;
  splits: number;
  miles: number;
  cost: number;
  asked: number;
  shipped: number;
  onTime: number;
};

export type BacktestResult = { readonly days: readonly DayFigures[]; readonly storesAtZero: number };

/** Ground carriage: a day to begin with and one for every 500 miles; four days are on time. */
const MILES_A_DAY = 500;
const DAYS_ON_TIME = 4;

const isOnTime = ({ outcome, parcels }: Decision): boolean =>
  outcome === 'complete' && parcels.every(({ miles }) => 1 + Math.ceil(miles / MILES_A_DAY) <= DAYS_ON_TIME);

const emptyDay = (day: string): DayFigures => ({
  day, orders: 0, shippedOrders: 0, parcels: 0, splits: 0, miles: 0, cost: 0, asked: 0, shipped: 0, onTime: 0,
}); // prettier-ignore

const count = (figures: DayFigures, decision: Decision, asked: number, shipped: number): void => {
  const { parcels, cost } = decision;
  figures.orders += 1;
  figures.shippedOrders += parcels.length > 0 ? 1 : 0;
  figures.parcels += parcels.length;
  figures.splits += parcels.length > 1 ? 1 : 0;
  figures.miles += parcels.reduce((sum, { miles }) => sum + miles, 0);
  figures.cost += cost.money;
  figures.asked += asked;
  figures.shipped += shipped;
  figures.onTime += isOnTime(decision) ? 1 : 0;
};

/**
 * Sources past orders one after the other by one strategy; what ships is taken from the stock that the next order
 * meets. Nothing is received and what is missing is not asked for again. Calls `tell` after each order.
 */
export const runBacktest = (
  orders: readonly PastOrder[],
  strategy: Strategy,
  world: { readonly seed: number; readonly cover: number },
  tell: (done: number) => void = () => undefined,
): BacktestResult => {
  const stock = openingStock(world.seed, world.cover, orders);
  const days = new Map<string, DayFigures>();
  let [today, ordersToday] = ['', new Map<string, number>()];
  orders.forEach((order, done) => {
    if (order.day !== today) [today, ordersToday] = [order.day, new Map<string, number>()];
    const lines = order.lines.map(({ sku, quantity }) => ({ lineId: sku, sku, quantity }));
    const decision = decideOrder({
      at: `${order.day}T12:00:00.000Z`,
      request: {
        orderId: order.id,
        revision: 1,
        orderType: 'consumer',
        shipComplete: false,
        lines,
        shipTo: destinationOf(world.seed, order.id),
        excludedNodes: [],
      },
      nodes: nodes.map((node) => ({ ...node, ordersToday: ordersToday.get(node.nodeId) ?? 0 })),
      offers: lines.flatMap(({ sku }) =>
        [...(stock.get(sku) ?? [])].map(([nodeId, available]) => ({ sku, nodeId, available })),
      ),
      items: Object.fromEntries(
        order.lines.map(({ sku, value }) => [sku, { grams: gramsOf(world.seed, sku), value }]),
      ),
      tariff: DEFAULT_TARIFF,
      strategy,
    });
    let shipped = 0;
    for (const { node, lines: taken } of decision.parcels) {
      ordersToday.set(node, (ordersToday.get(node) ?? 0) + 1);
      for (const { line, quantity } of taken) {
        const cells = stock.get(line);
        cells?.set(node, (cells.get(node) ?? 0) - quantity);
        shipped += quantity;
      }
    }
    const figures = days.get(order.day) ?? emptyDay(order.day);
    days.set(order.day, figures);
    const asked = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    count(figures, decision, asked, shipped);
    tell(done + 1);
  });
  const stores = new Set(nodes.filter(({ type }) => type === 'store').map(({ nodeId }) => nodeId));
  let storesAtZero = 0;
  for (const cells of stock.values())
    for (const [node, left] of cells) if (left === 0 && stores.has(node)) storesAtZero += 1;
  return { days: [...days.values()], storesAtZero };
};
