import { makeDynamoBooks } from '../../../shared/inventory/adapters/dynamo-books.ts';
import { makeAuditStock } from '../../../shared/inventory/application/audit-stock.ts';
import { cellKey } from '../../../shared/inventory/domain/cell.ts';
import { makeTrialBalance } from '../../../shared/inventory/domain/trial-balance.ts';
import { CORRUPTIONS } from '../../support/inventory/corruptions.ts';
import { clientOf, memoryClient } from '../../support/inventory/memory-dynamo.ts';
import { meteredClient } from '../../support/inventory/metered-dynamo.ts';
import { makeWatchdog, type WatchdogSize } from '../../support/inventory/watchdog.ts';
import { isWanted, measure, type BenchOptions, type Measure } from '../measures.ts';
import { makeStore } from './store.ts';

const CELLS = { full: 100_000, quick: 10_000 };
const RECEIPTS = 4;
/** A store with a long history: what a scan passes is what it bills. */
const OLD = { cells: { full: 1_000, quick: 200 }, receipts: 200 };
/** Calls of the watchdog between two things that others do. */
const SELLS_EVERY = 4;

/** As it is deployed. */
const DEPLOYED: Omit<WatchdogSize, 'historyShares'> = {
  segments: 8,
  parts: 4,
  pageSize: 500,
  pages: 5_000,
  size: 20_000,
  batch: 2_000,
};

type Store = Awaited<ReturnType<typeof makeStore>>;

/** A client whose every few calls somebody else moves stock. */
const busyClient = ({ memory, sell }: Store) => {
  const metered = meteredClient(memory);
  let calls = 0;
  const client = clientOf(async (command) => {
    calls += 1;
    if (calls % SELLS_EVERY === 0) await sell();
    return (metered.client as unknown as { send: (command: unknown) => Promise<unknown> }).send(command);
  });
  return { client, meter: metered.meter };
};

const findingsIn = ({ memory }: Store): readonly string[] =>
  [...memory.items.values()]
    .filter((item) => item['entity'] === 'finding' && item['status'] === 'open')
    .map((item) => String(item['subject']));

/** What a watchdog would say that believes the pages: cells that did not add up. */
const believingPages = async (store: Store): Promise<number> => {
  const { client } = busyClient(store);
  const audit = makeAuditStock({
    books: makeDynamoBooks({ client, tableName: 'inventory' }),
    now: store.now,
  });
  const balance = makeTrialBalance();
  let cursor: string | undefined;
  do {
    const page = await audit({ limit: DEPLOYED.pageSize, cursor });
    balance.addPage(page);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return balance.suspects().length;
};

/** One run over a store that is in order and sold from. */
const runHealthy = async (store: Store, historyShares: number) => {
  const { client, meter } = busyClient(store);
  const before = findingsIn(store).length;
  const { run } = await makeWatchdog({ client, tableName: 'inventory' }, store.now, {
    ...DEPLOYED,
    historyShares,
  }).run();
  return { run, meter, falseAlarms: findingsIn(store).length - before };
};

/** Corrupts cells in every way, lets the watchdog run once, and says which it missed. */
const missedOf = async (
  store: Store,
): Promise<{ readonly corrupted: number; readonly missed: readonly string[] }> => {
  const kinds = Object.entries(CORRUPTIONS);
  const hurt = store.victims.map((victim, index) => {
    const [kind, corrupt] = kinds[index % kinds.length] ?? ['', () => undefined];
    corrupt(victim, 9_000_000 + index);
    return { kind, cell: victim.cell };
  });
  const table = { client: memoryClient(store.memory), tableName: 'inventory' };
  await makeWatchdog(table, store.now, { ...DEPLOYED, historyShares: 1 }).run();
  const found = new Set(findingsIn(store));
  const isFrozen = ({ cell }: (typeof hurt)[number]): boolean => {
    const position = store.memory.items.get(`SKU#${cell.sku}\nNODE#${cell.nodeId}`);
    return position === undefined || position['frozen'] !== undefined;
  };
  const missed = hurt.filter((each) => !found.has(`position ${cellKey(each.cell)}`) || !isFrozen(each));
  return { corrupted: hurt.length, missed: missed.map(({ kind }) => kind) };
};

/** WD1: the watchdog cries no wolf over a store that is sold from, misses nothing, and what it reads. */
export const run = async (options: BenchOptions): Promise<readonly Measure[]> => {
  const cells = options.quick ? CELLS.quick : CELLS.full;
  const { seed, progress } = options;
  const store = await makeStore(cells, RECEIPTS, seed, progress);
  const items = store.memory.items.size;
  const quarter = await runHealthy(store, 4);
  progress(`a quarter of the histories: ${quarter.run.lookedAt} suspects, ${quarter.falseAlarms} believed`);
  const whole = await runHealthy(store, 1);
  progress(`all histories: ${whole.run.lookedAt} suspects, ${whole.falseAlarms} believed`);
  const naive = await believingPages(store);
  const { corrupted, missed } = await missedOf(store);
  progress(`${corrupted} cells corrupted, ${missed.length} missed`);

  const oldCells = options.quick ? OLD.cells.quick : OLD.cells.full;
  const old = await makeStore(oldCells, OLD.receipts, seed, () => undefined);
  const oldQuarter = await runHealthy(old, 4);
  const oldWhole = await runHealthy(old, 1);
  progress('an old store is read');

  const common = { seed, n: cells };
  const lookedAt = quarter.run.lookedAt + whole.run.lookedAt;
  const unsettled = quarter.run.unsettled + whole.run.unsettled;
  return [
    measure({
      ...common,
      id: 'WD1.falseAlarms',
      value: [quarter, whole, oldQuarter, oldWhole].reduce((sum, { falseAlarms }) => sum + falseAlarms, 0),
      unit: 'cells',
      goal: '= 0',
      peers: { believesPages: naive },
      note: `two runs while stock moves after every ${SELLS_EVERY} calls; ${lookedAt} suspects looked at, ${unsettled} unsettled`,
    }),
    measure({
      ...common,
      id: 'WD1.missed',
      n: corrupted,
      value: missed.length,
      unit: 'cells',
      goal: '= 0',
      note: `${Object.keys(CORRUPTIONS).length} kinds, each found and frozen within one run${missed.length === 0 ? '' : `; missed: ${[...new Set(missed)].join(', ')}`}`,
    }),
    measure({
      ...common,
      id: 'WD1.readUnitsPerCell',
      value: quarter.meter.readUnits / cells,
      unit: 'read units',
      goal: 'reported',
      peers: { allHistories: whole.meter.readUnits / cells },
      note: `${(items / cells).toFixed(1)} items a cell, a quarter of the histories a run; what is looked at again included`,
    }),
    measure({
      ...common,
      id: 'WD1.readUnitsPerOldCell',
      n: oldCells,
      value: oldQuarter.meter.readUnits / oldCells,
      unit: 'read units',
      goal: 'reported',
      peers: { allHistories: oldWhole.meter.readUnits / oldCells },
      note: `${OLD.receipts} movements a cell and the keys they came under, 20 cells a SKU`,
    }),
    measure({
      ...common,
      id: 'WD1.writeUnitsPerCell',
      value: quarter.meter.writeUnits / cells,
      unit: 'write units',
      goal: 'reported',
      note: 'sheets, and the record of the run',
    }),
  ].filter(({ id }) => isWanted(options, id));
};
