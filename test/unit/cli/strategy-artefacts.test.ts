import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differencesOf, goldenOrders } from '../../../console/cli/commands/strategy-test.ts';
import { plotBacktest } from '../../../console/cli/backtest/plot.ts';
import { runBacktest } from '../../../console/cli/backtest/run-backtest.ts';
import { openingStock } from '../../../console/cli/backtest/world.ts';
import { readDraft } from '../../../console/cli/read-draft.ts';
import { DEFAULT_STRATEGY } from '../../../shared/sourcing/index.ts';

const EXAMPLES = join(process.cwd(), 'test/support/sourcing/examples');
const draft = () => readDraft(join(EXAMPLES, 'stores-last.strategy.json'));

describe('golden orders', () => {
  const { orders } = goldenOrders.parse(
    JSON.parse(readFileSync(join(EXAMPLES, 'golden-orders.json'), 'utf8')),
  );

  it('hold under the strategy that they are written for', async () => {
    const strategy = await draft();
    expect(orders.map((golden) => differencesOf(golden, strategy))).toEqual(orders.map(() => []));
  });

  it('hold for kits, groups and parts', async () => {
    const strategy = await readDraft(join(EXAMPLES, 'kits-and-parts.strategy.json'));
    const golden = goldenOrders.parse(
      JSON.parse(readFileSync(join(EXAMPLES, 'kits-and-parts.golden-orders.json'), 'utf8')),
    );
    for (const order of golden.orders) expect(differencesOf(order, strategy)).toEqual([]);
  });

  it('say what comes out otherwise under another', () => {
    expect(orders.map((golden) => differencesOf(golden, DEFAULT_STRATEGY)).flat()).toEqual([
      'ships from ST-BOS, expected DC-EAST',
      'gave way: nothing, expected one-parcel, warehouses-only',
      'is complete, expected partial',
    ]);
  });
});

const past = Array.from({ length: 40 }, (_, index) => ({
  id: `${index}`,
  day: `2010-12-0${1 + Math.floor(index / 20)}`,
  lines: [
    { sku: `SKU-${index % 5}`, quantity: 1 + (index % 3), value: 500 },
    { sku: 'SKU-9', quantity: 1, value: 900 },
  ],
}));

describe('a back-test', () => {
  const world = { seed: 1, cover: 0.5 };

  it('comes out the same for the same seed, and otherwise for another', () => {
    const once = runBacktest(past, DEFAULT_STRATEGY, world);
    expect(runBacktest(past, DEFAULT_STRATEGY, world)).toEqual(once);
    expect(runBacktest(past, DEFAULT_STRATEGY, { ...world, seed: 2 })).not.toEqual(once);
  });

  it('consumes the stock in sequence and never more than there is', () => {
    let units = 0;
    for (const cells of openingStock(1, 0.5, past).values()) for (const held of cells.values()) units += held;
    const { days } = runBacktest(past, DEFAULT_STRATEGY, world);
    const shipped = days.reduce((sum, day) => sum + day.shipped, 0);
    const asked = days.reduce((sum, day) => sum + day.asked, 0);
    // Cost never decides against shipping, so all that is there and asked for ships: the last shelf is empty.
    expect(shipped).toBe(units);
    expect(asked).toBeGreaterThan(shipped);
    expect(days.map(({ orders }) => orders)).toEqual([20, 20]);
  });

  it('is drawn as one curve for each strategy and figure', async () => {
    const curves = [DEFAULT_STRATEGY, await draft()].map((strategy) => ({
      name: strategy.name,
      days: runBacktest(past, strategy, world).days,
    }));
    const svg = plotBacktest(curves);
    expect(svg.match(/<polyline/g)).toHaveLength(8);
    expect(svg).not.toContain('NaN');
  });
});
