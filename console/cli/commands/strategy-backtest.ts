import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { DEFAULT_STRATEGY } from '../../../shared/sourcing/index.ts';
import { readPastOrders } from '../backtest/past-orders.ts';
import { plotBacktest } from '../backtest/plot.ts';
import { runBacktest, type BacktestResult, type DayFigures } from '../backtest/run-backtest.ts';
import { examples } from '../examples.ts';
import { NotFine } from '../failures.ts';
import { formatBar, formatTable, type Output } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { readDraft } from '../read-draft.ts';
import { openSession } from '../session.ts';

type Options = {
  readonly orders: string;
  readonly days: number;
  readonly baseline?: string;
  readonly seed: number;
  readonly cover: number;
  readonly plot?: string;
};

const positive = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('say a number above 0.');
  return value;
};

const summaryOf = ({ days, storesAtZero }: BacktestResult) => {
  const sum = (pick: (day: DayFigures) => number): number =>
    days.reduce((total, day) => total + pick(day), 0);
  const [orders, parcels, shipped] = [sum((d) => d.orders), sum((d) => d.parcels), sum((d) => d.shipped)];
  return {
    orders,
    cost: sum((d) => d.cost) / 100,
    costPerUnit: sum((d) => d.cost) / 100 / Math.max(1, shipped),
    parcelsPerOrder:
      parcels /
      Math.max(
        1,
        sum((d) => d.shippedOrders),
      ),
    splitOrders: sum((d) => d.splits) / Math.max(1, orders),
    milesPerParcel: sum((d) => d.miles) / Math.max(1, parcels),
    unitsShipped:
      shipped /
      Math.max(
        1,
        sum((d) => d.asked),
      ),
    onTimeOrders: sum((d) => d.onTime) / Math.max(1, orders),
    storesAtZero,
  };
};
type Summary = ReturnType<typeof summaryOf>;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const ROWS: readonly (readonly [string, keyof Summary, (value: number) => string])[] = [
  ['cost', 'cost', (value) => value.toFixed(2)],
  ['cost a unit shipped', 'costPerUnit', (value) => value.toFixed(3)],
  ['parcels an order that ships', 'parcelsPerOrder', (value) => value.toFixed(3)],
  ['orders that are split', 'splitOrders', percent],
  ['miles a parcel', 'milesPerParcel', (value) => value.toFixed(0)],
  ['units shipped', 'unitsShipped', percent],
  ['orders complete and on time', 'onTimeOrders', percent],
  ['store shelves at zero', 'storesAtZero', String],
];

const render = (out: Output, baseline: Summary, candidate: Summary): void => {
  const rows = ROWS.map(([title, key, tell]) => {
    const [old, now] = [baseline[key], candidate[key]];
    const change = old === 0 ? '' : `${now >= old ? '+' : ''}${(100 * (now / old - 1)).toFixed(1)} %`;
    return [title, tell(old), tell(now), change];
  });
  out.print(formatTable(['', 'BASELINE', 'CANDIDATE', 'CHANGE'], rows, ['BASELINE', 'CANDIDATE', 'CHANGE']));
};

/** `yard strategy backtest` */
export const registerStrategyBacktest = (group: Command): void => {
  group
    .command('backtest')
    .summary('past orders by two strategies, stock consumed in sequence')
    .description(
      'Source past orders by a candidate and by a baseline, each on the same opening stock, consumed in sequence. The file holds invoice lines in the columns of UCI Online Retail; it knows neither US destinations nor stock, so both are drawn with the seed: an order goes to one of 18 metros by population; of each SKU the nodes (3 warehouses, 7 stores) begin with COVER times what is asked for, unevenly, with 3 cells in 10 empty. Needs no cloud.',
    )
    .argument('<candidate-file>', 'the strategy as JSON')
    .requiredOption('--orders <file>', 'invoice lines, CSV or CSV.gz, in the order of time')
    .option('--days <count>', 'the first days of the file', positiveInteger, 14)
    .option('--baseline <file>', 'the strategy to compare with (otherwise the default one)')
    .option('--seed <number>', 'seed of destinations, weights and stock', positiveInteger, 1)
    .option('--cover <factor>', 'opening stock in multiples of what is asked for', positive, 1.2)
    .option('--plot <file>', 'write the course by day as SVG')
    .addHelpText(
      'after',
      examples('strategy backtest candidate.json --orders online_retail.csv.gz --days 30 --plot course.svg'),
    )
    .action(async (file: string, options: Options, command: Command) => {
      const { out } = openSession(command);
      const candidate = await readDraft(file);
      const baseline = options.baseline === undefined ? DEFAULT_STRATEGY : await readDraft(options.baseline);
      const orders = await readPastOrders(options.orders, options.days);
      if (orders.length === 0) {
        out.remark(`yard: no order in ${options.orders}`);
        throw new NotFine('nothing to source');
      }
      const started = performance.now();
      const [old, now] = [baseline, candidate].map((strategy, which) =>
        runBacktest(orders, strategy, options, (done) => {
          if (done % 50 === 0 || done === orders.length)
            out.progress(formatBar((which * orders.length + done) / (2 * orders.length)));
        }),
      );
      if (old === undefined || now === undefined) return;
      const seconds = (performance.now() - started) / 1000;
      if (options.plot !== undefined)
        await writeFile(
          options.plot,
          plotBacktest([
            { name: `baseline: ${baseline.name}`, days: old.days },
            { name: `candidate: ${candidate.name}`, days: now.days },
          ]),
        );
      const [before, after] = [summaryOf(old), summaryOf(now)];
      if (out.json)
        return out.document({
          ...options,
          seconds,
          baseline: { ...before, days: old.days },
          candidate: { ...after, days: now.days },
        });
      render(out, before, after);
      out.remark(
        `${orders.length} orders on ${old.days.length} days, seed ${options.seed}, cover ${options.cover}, ${seconds.toFixed(1)} s`,
      );
    });
};
