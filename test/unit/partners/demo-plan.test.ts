import { makeCatalogue } from '../../../infra/local/demo/catalogue.ts';
import { DEMO_NODES } from '../../../infra/local/demo/network.ts';
import { planOrders } from '../../../infra/local/demo/order-plan.ts';
import { makeStockPlan } from '../../../infra/local/demo/stock-plan.ts';
import { quantile } from '../../../infra/local/demo/summarise.ts';
import { makeDice } from '../../../infra/local/partners/dice.ts';

const SEEDS = [1, 2, 3, 4, 5];
const planOf = (seed: number) => {
  const dice = makeDice(seed);
  const items = makeCatalogue(dice);
  return { items, stock: makeStockPlan(dice, items), orders: planOrders(dice, items, 120) };
};

describe('the plan of the demo', () => {
  it('has a network of every type of node and 200 items', () => {
    const types = DEMO_NODES.map(({ type }) => type);
    expect(types.filter((type) => type === 'warehouse').length).toBeGreaterThanOrEqual(3);
    expect(types.filter((type) => type === 'store').length).toBeGreaterThanOrEqual(3);
    expect(types).toEqual(expect.arrayContaining(['3pl', 'supplier']));
    expect(planOf(1).items).toHaveLength(200);
  });

  it('is the same for the same seed', () => {
    expect(planOf(3)).toEqual(planOf(3));
    expect(planOf(3).orders).not.toEqual(planOf(4).orders);
  });

  it.each(SEEDS)('with seed %i uses every way in, and some customers cancel', (seed) => {
    const { orders } = planOf(seed);
    for (const via of ['shopify', 'woocommerce', 'api'])
      expect(orders.filter((order) => order.via === via).length).toBeGreaterThan(10);
    expect(orders.some(({ cancelAfter }) => cancelAfter !== undefined)).toBe(true);
  });

  it.each(SEEDS)(
    'with seed %i asks for more of some item than there is, and has a fifth of orders no node can fill alone',
    (seed) => {
      const { orders, stock } = planOf(seed);
      const held = (sku: string) =>
        stock.filter((cell) => cell.sku === sku).reduce((sum, { onHand }) => sum + onHand, 0);
      const wanted = new Map<string, number>();
      for (const { sku, quantity } of orders.flatMap(({ order }) => order.lines))
        wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
      expect([...wanted].some(([sku, quantity]) => quantity > held(sku))).toBe(true);

      const canFillAlone = (nodeId: string, lines: readonly { sku: string; quantity: number }[]) =>
        lines.every(({ sku, quantity }) =>
          stock.some((cell) => cell.sku === sku && cell.nodeId === nodeId && cell.onHand >= quantity),
        );
      const apart = orders.filter(
        ({ order }) => !DEMO_NODES.some(({ nodeId }) => canFillAlone(nodeId, order.lines)),
      );
      expect(apart.length / orders.length).toBeGreaterThan(0.2);
    },
  );
});

describe('a quantile', () => {
  it('is the smallest value that the share does not exceed', () => {
    expect([quantile([3, 1, 2, 4], 0.5), quantile([3, 1, 2, 4], 0.9), quantile([], 0.5)]).toEqual([2, 4, 0]);
  });
});
