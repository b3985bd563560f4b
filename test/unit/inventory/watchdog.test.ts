import { makeThawCell } from '../../../shared/inventory/application/freeze-cell.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { aCell, aClock, anArrival, aPlan, aReservation } from '../../support/inventory/builders.ts';
import { CORRUPTIONS } from '../../support/inventory/corruptions.ts';
import type { Item } from '../../support/inventory/expressions.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { makeWatchdog, type WatchdogSize } from '../../support/inventory/watchdog.ts';

const SKUS = ['MUG', 'CUP', 'POT', 'PAN', 'LID'];
const CELLS = SKUS.flatMap((sku) => ['A', 'B'].map((node) => aCell(sku, node)));
const mug = aCell('MUG', 'A');

/** Five SKUs at two nodes, three orders that hold units of them. */
const house = async (over: Partial<WatchdogSize> = {}, isHot = false) => {
  const memory = new MemoryDynamo();
  const table = { client: memoryClient(memory), tableName: 'inventory' };
  const now = aClock();
  const watchdog = makeWatchdog(table, now, over);
  const { ledger } = watchdog;
  for (const cell of CELLS) await ledger.commit({ at: now(), changes: [anArrival(cell, 9)] });
  const reserve = makeReservePlan({
    ledger,
    now,
    grouping: aGrouping(ledger, now, isHot),
    baskets: NO_BASKETS,
  });
  await reserve(aPlan([['A', 'MUG', 2]], 1));
  await reserve(aPlan([['A', 'MUG', 1], ['B', 'CUP', 3]], 2)); // prettier-ignore
  await reserve(aPlan([['A', 'MUG', 1]], 3));
  const idOf = ({ sku, nodeId }: typeof mug) => `SKU#${sku}\nNODE#${nodeId}`;
  const corrupt = (id: string, changed: Record<string, unknown>): void => {
    memory.items.set(id, { ...memory.items.get(id), ...changed });
  };
  const items = (entity: string): readonly Item[] =>
    [...memory.items.values()].filter((item) => item['entity'] === entity);
  return {
    memory,
    now,
    watchdog,
    ledger,
    reserve,
    idOf,
    corrupt,
    items,
    thaw: makeThawCell({ ledger, now }),
  };
};
type House = Awaited<ReturnType<typeof house>>;

const movementOf = ({ memory }: House, kind: string): string => {
  const found = [...memory.items].find(([, item]) => item['pk'] === 'SKU#MUG' && item['kind'] === kind);
  if (found === undefined) throw new Error(`there is no ${kind} to corrupt`);
  return found[0];
};

describe('the watchdog', () => {
  it.each([false, true])('finds nothing in a store that is in order, claims in groups: %s', async (isHot) => {
    const { watchdog, items } = await house({}, isHot);
    const { outcome, run } = await watchdog.run();
    expect({ outcome, ...run }).toMatchObject({
      outcome: 'inOrder', cells: 10, movements: 14, reservations: 3, found: 0, open: 0, unsettled: 0,
    }); // prettier-ignore
    expect(items('finding')).toEqual([]);
    expect(await watchdog.proofs.lastRun()).toEqual(run);
  });

  it.each(Object.entries(CORRUPTIONS))('finds %s, says it once and freezes the cell', async (_, corrupt) => {
    const it = await house();
    corrupt({ memory: it.memory, cell: mug, claim: aReservation(1) }, 8);
    const { outcome, findings } = await it.watchdog.run();
    expect(outcome).toBe('discrepancies');
    expect(findings.join()).toContain('A#MUG');
    const position = it.memory.items.get(it.idOf(mug));
    if (position !== undefined)
      expect(position).toHaveProperty('frozen.reason', expect.stringMatching(/\w+/));
    const facts = it.items('facts').length;
    expect(facts).toBeGreaterThan(0);
    expect(await it.watchdog.run()).toMatchObject({ outcome: 'inOrder', run: { found: 0 } });
    expect(it.items('facts')).toHaveLength(facts);
    expect(await it.reserve(aPlan([['A', 'MUG', 1]], 9))).toMatchObject({ value: { outcome: 'lost' } });
  });

  it('says in a few words what cannot be read', async () => {
    const it = await house();
    it.corrupt(it.idOf(mug), { reserved: 'lots' });
    const { findings } = await it.watchdog.run();
    expect(findings).toEqual([
      'position A#MUG: every entry can be read (the position: reserved: Invalid input: expected number, received string)',
    ]);
  });

  it('says whether a cell is frozen: one whose position is gone has nothing to freeze', async () => {
    const it = await house();
    it.memory.items.delete(it.idOf(mug));
    await it.watchdog.run();
    expect(it.items('finding')).toMatchObject([{ isFrozen: false, status: 'open' }]);
  });

  it('freezes a cell again that was thawed without being mended', async () => {
    const it = await house();
    it.corrupt(it.idOf(mug), { freeUnits: 9 });
    await it.watchdog.run();
    await it.thaw({ cell: mug, reason: 'looks fine', actor: 'key ops' });
    await it.watchdog.run();
    expect(it.memory.items.get(it.idOf(mug))).toHaveProperty('frozen');
  });

  it('closes a finding that is mended, and opens it anew when it comes again', async () => {
    const it = await house();
    it.corrupt(it.idOf(mug), { freeUnits: 9 });
    await it.watchdog.run();
    it.corrupt(it.idOf(mug), { freeUnits: 5 });
    expect((await it.watchdog.run()).run).toMatchObject({ found: 0, open: 0 });
    expect(it.items('finding')).toMatchObject([{ status: 'mended', occurrence: 1 }]);
    it.corrupt(it.idOf(mug), { freeUnits: 9 });
    expect((await it.watchdog.run()).run).toMatchObject({ found: 1, open: 1 });
    expect(it.items('finding')).toMatchObject([{ status: 'open', occurrence: 2 }]);
    expect(it.items('facts')).toHaveLength(2);
  });

  it('reads every history once in as many runs as it has shares, and the counters in each', async () => {
    const it = await house({ historyShares: 2 });
    it.memory.items.delete(movementOf(it, 'receive'));
    const found = [(await it.watchdog.run()).run.found];
    for (let seconds = 0; seconds < 3600; seconds += 1) it.now();
    found.push((await it.watchdog.run()).run.found);
    expect(found.sort()).toEqual([0, 1]);
  });

  it('tells of a claim that was left half made, until it is made', async () => {
    const it = await house();
    it.corrupt(`RES#${aReservation(1)}\nRESERVATION`, {
      status: 'waiting',
      changedAt: '2026-11-23T08:00:00.000Z',
    });
    const { run, findings } = await it.watchdog.run();
    expect(run.found).toBe(1);
    expect(findings).toEqual([expect.stringContaining('a claim is made or undone')]);
    it.corrupt(`RES#${aReservation(1)}\nRESERVATION`, { status: 'held' });
    expect((await it.watchdog.run()).run.open).toBe(0);
  });
});
