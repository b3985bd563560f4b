import { makePublishStockChanges } from '../../../shared/inventory/adapters/publish-stock-changes.ts';
import { positionKey } from '../../../shared/inventory/adapters/stock-items.ts';
import { waitingClaimsIn } from '../../../shared/inventory/adapters/waiting-claims.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { makeReadStock } from '../../../shared/inventory/application/read-stock.ts';
import type { BusEntry } from '../../../shared/platform/facts/bus.ts';
import type { TableChange } from '../../../shared/platform/lambda/stream-handler.ts';
import { aCell, aPlan } from '../../support/inventory/builders.ts';
import { makeFeedHouse } from '../../support/inventory/feed-house.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { makeWatchedStock } from '../../support/inventory/watched-stock.ts';

const [mug, other] = [aCell('MUG', 'DC'), aCell('MUG', 'STORE')];

/** Somebody writes past us what is no number. */
const breakCell = (memory: MemoryDynamo, cell: typeof mug): TableChange => {
  const { pk, sk } = positionKey(cell);
  const before = memory.items.get(`${pk}\n${sk}`);
  const after = { ...before, onHand: 'eight' };
  memory.items.set(`${pk}\n${sk}`, after);
  return { name: 'MODIFY', before, after };
};

describe('a position that nobody can read', () => {
  it('offers nothing, and keeps no other cell from being watched and told of', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 8);
    await stock.setPoint(mug, 5);
    const told: BusEntry[] = [];
    const publish = makePublishStockChanges({ putOnBus: async (entries) => void told.push(...entries) });

    const broken = breakCell(stock.memory, mug);
    await publish([broken]);
    await stock.watch([broken]);
    expect(told).toMatchObject([
      { detail: { data: { change: 'fell', positions: [{ nodeId: 'DC', available: 0, previousAvailable: 8 }] } } },
    ]); // prettier-ignore
    expect(stock.crossings()).toEqual([]);

    await stock.move(other, 2);
    expect(stock.facts()).toMatchObject([{ detailType: 'BackInStock.v1', sku: 'MUG', available: 2 }]);
    const mended: TableChange = { name: 'MODIFY', before: broken.after, after: broken.before };
    await publish([mended]);
    await stock.watch([mended]);
    expect(told[1]).toMatchObject({ detail: { data: { change: 'rose', positions: [{ available: 8 }] } } });
  });

  it('is shown as frozen, with what is wrong, beside the cells that are sound', async () => {
    const memory = new MemoryDynamo();
    const it = makeFeedHouse(() => '2026-11-25T10:00:00.000Z', {}, { client: memoryClient(memory), tableName: 'i' });
    const operator = { type: 'operator', name: 'key ops' } as const;
    for (const cell of [mug, other]) await it.receive({ cell, key: 'a', quantity: 5 }, operator);
    breakCell(memory, mug);
    const { positions, total } = await makeReadStock({ ledger: it.ledger })(mug.sku);
    expect(total).toMatchObject({ onHand: 5, available: 5 });
    expect(positions).toMatchObject([
      { nodeId: 'DC', available: 0 },
      { nodeId: 'STORE', available: 5 },
    ]);
    expect(positions[0]?.frozen?.reason).toContain('it cannot be read: onHand');
  }); // prettier-ignore

  it('costs a feed its own row only', async () => {
    const memory = new MemoryDynamo();
    const it = makeFeedHouse(() => '2026-11-25T10:00:00.000Z', {}, { client: memoryClient(memory), tableName: 'i' });
    await it.receive({ cell: mug, key: 'a', quantity: 5 }, { type: 'operator', name: 'key ops' });
    breakCell(memory, mug);
    const about = { nodeId: 'DC', asOf: '2026-11-25T09:00:00.000Z' };
    const snapshot = await it.send({ ...about, sequence: 1 }, 'sku,onHand\nMUG,4\nCUP,3');
    const delta = await it.send({ ...about, sequence: 2, kind: 'delta' }, 'sku,change\nMUG,-1');
    expect([snapshot.tally, delta.tally]).toMatchObject([{ applied: 1, rejected: 1 }, { rejected: 1 }]);
    const [note] = await it.notes(snapshot.feedId);
    expect(note).toMatchObject({ row: 2, outcome: 'rejected' });
    expect(note?.reason).toContain('the position cannot be read: onHand');
    expect(await it.onHand('CUP')).toBe(3);
  }); // prettier-ignore
});

describe('a shipment from a position that nobody can read', () => {
  it('waits until the cell is mended: no unit is written off for want of a figure', async () => {
    const memory = new MemoryDynamo();
    const now = () => '2026-11-25T10:00:00.000Z';
    const { ledger, receive } = makeFeedHouse(now, {}, { client: memoryClient(memory), tableName: 'i' });
    await receive({ cell: mug, key: 'a', quantity: 5 }, { type: 'operator', name: 'key ops' });
    const plan = aPlan([['DC', 'MUG', 2]]);
    const grouping = aGrouping(ledger, now);
    await makeReservePlan({ ledger, now, grouping, baskets: NO_BASKETS })(plan);
    const sound = breakCell(memory, mug).before;
    const release = () =>
      makeReleaseReservation({ ledger, now, grouping })({
        reservationId: plan.reservationId,
        cause: 'cancelled',
      });
    await expect(release()).rejects.toThrow('DC#MUG cannot be read');
    const { pk, sk } = positionKey(mug);
    if (sound !== undefined) memory.items.set(`${pk}\n${sk}`, sound);
    await release();
    expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 5, reserved: 0 }]);
  });
});

describe('a claim that nobody can read', () => {
  it('keeps no other from being made', () => {
    const after = { entity: 'reservation', status: 'waiting', reservationId: 'no claim' };
    expect(waitingClaimsIn([{ name: 'INSERT', before: undefined, after }])).toEqual([]);
  });
});
