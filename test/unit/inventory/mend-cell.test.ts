import fc from 'fast-check';
import { makeMendCell } from '../../../shared/inventory/application/mend-cell.ts';
import { makeReadCell } from '../../../shared/inventory/application/prove-cell.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { aCell, aClock, anArrival, aPlan } from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { makeWatchdog } from '../../support/inventory/watchdog.ts';

const mug = aCell('MUG', 'A');
const KEY = 'SKU#MUG\nNODE#A';
const command = {
  cell: mug,
  trust: 'history' as const,
  reason: 'wrote past the API',
  actor: 'key ops',
  isDryRun: false,
};

/** Nine units at a node, three of them claimed. */
const house = async () => {
  const memory = new MemoryDynamo();
  const now = aClock();
  const watchdog = makeWatchdog({ client: memoryClient(memory), tableName: 'inventory' }, now);
  const { ledger, books, proofs } = watchdog;
  await ledger.commit({ at: now(), changes: [anArrival(mug, 9)] });
  await makeReservePlan({ ledger, now, grouping: aGrouping(ledger, now), baskets: NO_BASKETS })(
    aPlan([['A', 'MUG', 3]]),
  );
  const readCell = makeReadCell({ books, ledger, pause: async () => undefined });
  const mend = makeMendCell({ readCell, ledger, proofs, now });
  const corrupt = (changed: Record<string, unknown>) =>
    memory.items.set(KEY, { ...memory.items.get(KEY), ...changed });
  return { memory, watchdog, mend, corrupt, position: () => memory.items.get(KEY) };
};

describe('mending a cell', () => {
  it('makes any counters what the movements and the open claims say, and the books balance', async () => {
    const figure = fc.oneof(fc.integer({ min: -5, max: 99 }), fc.constantFrom(1.5, 'many'));
    await fc.assert(
      fc.asyncProperty(
        fc.record({ onHand: figure, reserved: figure, freeUnits: figure, ringFence: figure }),
        async (figures) => {
          const it = await house();
          it.corrupt(figures);
          const outcome = await it.mend(command);
          expect(outcome).toMatchObject({ ok: true, value: { outcome: 'mended' } });
          expect(it.position()).toMatchObject({ onHand: 9, reserved: 3, freeUnits: 6 });
          expect(await it.watchdog.proveCell(mug)).toMatchObject({ verdict: 'clean' });
          expect((await it.watchdog.run()).run.found).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('says what it would do, and does nothing, when it runs dry', async () => {
    const it = await house();
    it.corrupt({ onHand: 90 });
    const before = it.position();
    expect(await it.mend({ ...command, isDryRun: true })).toMatchObject({
      value: { outcome: 'wouldMend', before: { onHand: 90 }, counters: { onHand: 9, reserved: 3 } },
    });
    expect(it.position()).toEqual(before);
  });

  it('believes the counters instead, or what was counted, and writes the movement that was missing', async () => {
    const it = await house();
    const [receipt = ''] = [...it.memory.items].find(([, item]) => item['kind'] === 'receive') ?? [];
    it.memory.items.delete(receipt);
    expect(await it.mend({ ...command, isDryRun: true })).toMatchObject({
      value: { counters: { onHand: 0 } },
    });
    await it.mend({ ...command, trust: 'counters' });
    expect(await it.watchdog.proveCell(mug)).toMatchObject({ verdict: 'clean', position: { onHand: 9 } });
    await it.mend({ ...command, onHand: 7 });
    expect(await it.watchdog.proveCell(mug)).toMatchObject({ verdict: 'clean', position: { onHand: 7 } });
  });

  it('makes a position anew that is gone', async () => {
    const it = await house();
    it.memory.items.delete(KEY);
    expect(await it.mend(command)).toMatchObject({ ok: true });
    expect(await it.watchdog.proveCell(mug)).toMatchObject({ verdict: 'clean', position: { onHand: 9 } });
  });

  it('leaves a cell alone that is in order, and refuses what makes no sense', async () => {
    const it = await house();
    expect(await it.mend(command)).toEqual({ ok: false, refusal: { type: 'nothingToMend' } });
    const [receipt = ''] = [...it.memory.items].find(([, item]) => item['kind'] === 'receive') ?? [];
    it.memory.items.set(receipt, { ...it.memory.items.get(receipt), onHandDelta: -2 });
    expect(await it.mend(command)).toMatchObject({
      refusal: { type: 'makesNoSense', counters: { onHand: -2 } },
    });
  });
});
