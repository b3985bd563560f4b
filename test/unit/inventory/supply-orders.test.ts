import { makeReadExpectedAvailability } from '../../../shared/inventory/application/read-expected-availability.ts';
import { makeReceiveStock } from '../../../shared/inventory/application/adjust-stock.ts';
import { makeFreezeCell } from '../../../shared/inventory/application/freeze-cell.ts';
import { makeAnnounceSupply } from '../../../shared/inventory/application/supply/announce-supply.ts';
import { makeCloseSupply } from '../../../shared/inventory/application/supply/close-supply.ts';
import { makeDepartTransfer } from '../../../shared/inventory/application/supply/depart-transfer.ts';
import { makeReceiveSupply } from '../../../shared/inventory/application/supply/receive-supply.ts';
import type { Actor } from '../../../shared/inventory/domain/actor.ts';
import {
  aCell,
  aClock,
  anArrival,
  aNode,
  aPurchase,
  aSku,
  aSupplyId,
  aTransfer,
} from '../../support/inventory/builders.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

const OPERATOR: Actor = { type: 'operator', name: 'key ops' };
const PO = aSupplyId('PO-1');
const TR = aSupplyId('TR-1');
const mug = aSku('MUG');

const house = () => {
  const { ledger, history, supply } = makeInMemoryStock();
  const now = aClock(Date.parse('2026-11-23T09:00:00.000Z'));
  const skus = new Set<string>(['MUG', 'CUP', ...Array.from({ length: 95 }, (_, index) => `S${index}`)]);
  const deps = {
    ledger,
    supply,
    now,
    catalogue: { knownSkus: async (asked: readonly (typeof mug)[]) => new Set(asked.filter((sku) => skus.has(sku))) },
    network: { knownNodes: async () => new Set([aNode('DC'), aNode('STORE')]) },
  }; // prettier-ignore
  const receive = makeReceiveSupply(deps);
  const depart = makeDepartTransfer(deps);
  const close = makeCloseSupply(deps);
  const places = new Map([
    [aNode('DC'), { country: 'US', region: 'NY' }],
    [aNode('STORE'), { country: 'US', region: 'NY' }],
  ]);
  return {
    ledger,
    supply,
    history,
    now,
    announce: makeAnnounceSupply(deps),
    arrive: (supplyId: typeof PO, key: string, quantity: number, quarantined = 0, actor: Actor = OPERATOR) =>
      receive(supplyId, { key, lines: [{ sku: mug, quantity, quarantined }] }, actor),
    depart: (left?: number, actor: Actor = OPERATOR) =>
      depart(TR, { lines: left === undefined ? undefined : [{ sku: mug, quantity: left }], expectedOn: undefined }, actor), // prettier-ignore
    close: (supplyId: typeof PO, outcome: 'cancelled' | 'short') =>
      close(supplyId, { outcome, reason: 'lost at sea' }, OPERATOR),
    receiveStock: makeReceiveStock(deps),
    freeze: makeFreezeCell(deps),
    availability: makeReadExpectedAvailability({ ...deps, places: async () => places }),
    at: async (nodeId: string) => (await ledger.findPositions([aCell('MUG', nodeId)]))[0],
  };
};
const refusedAs = (type: string) => ({ ok: false, refusal: { type } });

describe('announcing supply', () => {
  it('has its effect once, and an older revision none', async () => {
    const { announce } = house();
    await announce({ ...aPurchase('PO-1', 'DC', { MUG: 5 }), revision: 2 });
    expect(await announce({ ...aPurchase('PO-1', 'DC', { MUG: 5 }), revision: 2 })).toMatchObject({
      value: { version: 1 },
    });
    expect(await announce(aPurchase('PO-1', 'DC', { MUG: 9 }))).toMatchObject({
      value: { version: 1, lines: [{ quantity: 5 }] },
    });
  });

  it('refuses one revision that says two things, and another route', async () => {
    const { announce } = house();
    await announce(aPurchase('PO-1', 'DC', { MUG: 5 }));
    expect(await announce(aPurchase('PO-1', 'DC', { MUG: 6 }))).toMatchObject(refusedAs('revisionUsed'));
    const elsewhere = { ...aPurchase('PO-1', 'STORE', { MUG: 5 }), revision: 2 };
    expect(await announce(elsewhere)).toMatchObject(refusedAs('otherRoute'));
  });

  it('expects no more than has come of a line that is gone, and no less of one that stays', async () => {
    const { announce, arrive, supply } = house();
    await announce(aPurchase('PO-1', 'DC', { MUG: 5, CUP: 1 }));
    await arrive(PO, 'a', 3);
    const less = { ...aPurchase('PO-1', 'DC', { MUG: 2, CUP: 1 }), revision: 2 };
    expect(await announce(less)).toEqual({
      ok: false,
      refusal: { type: 'belowReceived', sku: 'MUG', received: 3 },
    });
    await announce({ ...aPurchase('PO-1', 'DC', { CUP: 1 }), revision: 2 });
    expect(await supply.listExpected(mug)).toEqual([]);
    expect(await announce({ ...aPurchase('PO-1', 'DC', { MUG: 3 }), revision: 3 })).toMatchObject({
      value: { status: 'received' },
    });
  });

  it('refuses what nobody knows, and more lines than one transaction holds', async () => {
    const { announce } = house();
    expect(await announce(aPurchase('PO-1', 'DC', { HAT: 1 }))).toMatchObject(refusedAs('unknownSku'));
    expect(await announce(aTransfer('TR-1', 'MOON', 'DC', { MUG: 1 }))).toMatchObject(
      refusedAs('unknownNode'),
    );
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`S${index}`, 1])); // prettier-ignore
    expect(await announce(aPurchase('PO-1', 'DC', many(91)))).toMatchObject(refusedAs('tooManyLines'));
    expect(await announce(aTransfer('TR-1', 'DC', 'STORE', many(20)))).toMatchObject(
      refusedAs('tooManyLines'),
    );
    await announce(aPurchase('PO-1', 'DC', many(60)));
    const others = Object.fromEntries(Object.keys(many(95)).slice(50).map((sku) => [sku, 1])); // prettier-ignore
    expect(await announce({ ...aPurchase('PO-1', 'DC', others), revision: 2 })).toMatchObject(
      refusedAs('tooManyLines'),
    );
  });
});

describe('a transfer', () => {
  const underWay = async (units = 5, left?: number) => {
    const it = house();
    await it.ledger.commit({ at: it.now(), changes: [anArrival(aCell('MUG', 'DC'), 8)] });
    await it.announce(aTransfer('TR-1', 'DC', 'STORE', { MUG: units }));
    await it.depart(left);
    return it;
  };

  it('leaves with what is free, and once', async () => {
    const it = await underWay(9);
    expect(await it.depart()).toEqual({
      ok: false,
      refusal: { type: 'notThatManyFree', sku: 'MUG', available: 8 },
    });
    expect(await it.depart(7)).toMatchObject({ value: { status: 'inTransit' } });
    expect(await it.depart(7)).toMatchObject({ value: { version: 2 } });
    expect(await it.depart(6)).toMatchObject(refusedAs('alreadyDeparted'));
    expect(await it.at('DC')).toMatchObject({ onHand: 1 });
    expect(await it.at('STORE')).toMatchObject({ onHand: 0, inTransit: 7 });
  });

  it('does not leave a frozen cell', async () => {
    const it = await underWay(9);
    await it.freeze({ cell: aCell('MUG', 'DC'), reason: 'doubt', actor: 'watchdog' });
    expect(await it.depart(1)).toMatchObject({ refusal: { type: 'notThatManyFree', available: 0 } });
  });

  it('arrives after it has left, in parts, and never more than left', async () => {
    const it = await underWay(9);
    expect(await it.arrive(TR, 'early', 1)).toMatchObject(refusedAs('notDeparted'));
    await it.depart(5);
    await it.arrive(TR, 'a', 2, 1);
    expect(await it.arrive(TR, 'b', 4)).toEqual({
      ok: false,
      refusal: { type: 'moreThanExpected', sku: 'MUG', expected: 3 },
    });
    expect(await it.arrive(TR, 'b', 3)).toMatchObject({ value: { status: 'received' } });
    expect(await it.at('STORE')).toMatchObject({ onHand: 4, quarantined: 1, inTransit: 0 });
    expect(await it.arrive(TR, 'c', 1)).toEqual({
      ok: false,
      refusal: { type: 'notOpen', status: 'received' },
    });
  });

  it('is closed with its difference explained, in the history of the cell that waited for it', async () => {
    const it = await underWay();
    await it.arrive(TR, 'a', 3);
    expect(await it.close(TR, 'cancelled')).toMatchObject(refusedAs('unitsHaveMoved'));
    expect(await it.close(TR, 'short')).toMatchObject({
      value: { status: 'short', lines: [{ departed: 5, received: 3, missing: 2 }] },
    });
    expect(await it.close(TR, 'short')).toMatchObject({ ok: true });
    const { items } = await it.history.listMovements(aCell('MUG', 'STORE'), { limit: 9, cursor: undefined });
    expect(items).toMatchObject([
      { kind: 'transferLoss', inTransitDelta: -2, document: 'TR-1', actor: 'key ops', reason: 'lost at sea' },
      { kind: 'transferIn', onHandDelta: 3, inTransitDelta: -3, reason: 'transfer from DC' },
      { kind: 'transferOut', onHandDelta: 0, inTransitDelta: 5, reason: 'transfer from DC' },
    ]);
  });

  it('is on its way with other units only before it has left; its day may change', async () => {
    const it = await underWay();
    const next = { ...aTransfer('TR-1', 'DC', 'STORE', { MUG: 4 }), revision: 2 };
    expect(await it.announce(next)).toMatchObject(refusedAs('alreadyDeparted'));
    const later = { ...aTransfer('TR-1', 'DC', 'STORE', { MUG: 5 }), revision: 2, expectedOn: '2026-12-24' };
    expect(await it.announce(later)).toMatchObject({
      value: { status: 'inTransit', expectedOn: '2026-12-24', lines: [{ departed: 5 }] },
    });
  });

  it('is told of by its own nodes', async () => {
    const it = await underWay(9);
    const store: Actor = { type: 'node', name: 'key s', nodeId: aNode('STORE') };
    expect(await it.depart(1, store)).toMatchObject(refusedAs('notYourNode'));
    await it.depart(1);
    expect(await it.arrive(TR, 'a', 1, 0, store)).toMatchObject({ ok: true });
  });
});

describe('receiving supply', () => {
  it('is once under a key, and at most five hundred times', async () => {
    const { announce, arrive, at } = house();
    await announce(aPurchase('PO-1', 'DC', { MUG: 900 }));
    for (let part = 0; part < 500; part += 1) await arrive(PO, `part-${part}`, 1);
    expect(await arrive(PO, 'one more', 1)).toMatchObject(refusedAs('tooManyReceipts'));
    expect(await arrive(PO, 'part-7', 1)).toMatchObject({ ok: true });
    expect(await at('DC')).toMatchObject({ onHand: 500 });
  });
});

describe('closing supply', () => {
  it('cancels what has not moved, once, and then expects nothing', async () => {
    const { announce, close, arrive, supply } = house();
    await announce(aPurchase('PO-1', 'DC', { MUG: 5 }));
    await close(PO, 'cancelled');
    expect(await close(PO, 'cancelled')).toMatchObject({ value: { version: 2 } });
    expect(await supply.listExpected(mug)).toEqual([]);
    expect(await arrive(PO, 'a', 1)).toEqual({
      ok: false,
      refusal: { type: 'notOpen', status: 'cancelled' },
    });
  });

  it('is refused where there is no order, no unit of it in it, or nothing on its way', async () => {
    const { announce, arrive, close, depart } = house();
    expect(await arrive(PO, 'a', 1)).toMatchObject(refusedAs('unknownSupply'));
    await announce(aPurchase('PO-1', 'DC', { CUP: 5 }));
    expect(await arrive(PO, 'a', 1)).toMatchObject(refusedAs('notInOrder'));
    await announce(aTransfer('TR-1', 'DC', 'STORE', { MUG: 5 }));
    expect(await close(TR, 'short')).toMatchObject(refusedAs('notDeparted'));
    await close(TR, 'cancelled');
    expect(await depart()).toMatchObject(refusedAs('notOpen'));
  });
});

describe('availability by a day', () => {
  it('counts what is free, and what is expected from today until then; overdue and undated are named', async () => {
    const it = house();
    await it.receiveStock({ cell: aCell('MUG', 'DC'), key: 'a', quantity: 4 }, OPERATOR);
    const days = ['2026-11-22', '2026-11-23', '2026-11-30', undefined];
    for (const [index, expectedOn] of days.entries())
      await it.announce({ ...aPurchase(`PO-${index}`, 'DC', { MUG: 10 ** index }), expectedOn });
    expect(await it.availability(mug, '2026-11-29')).toMatchObject({
      value: {
        available: 4,
        promisable: 14,
        nodes: [{ nodeId: 'DC', expected: 10, later: 100, overdue: 1, undated: 1000, isFrozen: false }],
      },
    });
    expect(await it.availability(mug, '2026-11-30')).toMatchObject({ value: { promisable: 114 } });
    expect(await it.availability(mug)).toMatchObject({ value: { by: '2026-11-23', promisable: 14 } });
    expect(await it.availability(mug, '2026-11-22')).toEqual({
      ok: false,
      refusal: { type: 'dayIsPast' },
    });
  });

  it('promises nothing twice: a transfer counts when it has left, and the sum stays', async () => {
    const it = house();
    await it.receiveStock({ cell: aCell('MUG', 'DC'), key: 'a', quantity: 4 }, OPERATOR);
    await it.announce(aTransfer('TR-1', 'DC', 'STORE', { MUG: 3 }));
    expect(await it.availability(mug, '2026-12-24')).toMatchObject({
      value: { promisable: 4, nodes: [{ promisable: 4 }, { promisable: 0, expected: 0, planned: 3 }] },
    });
    await it.depart();
    expect(await it.availability(mug, '2026-12-24')).toMatchObject({
      value: { promisable: 4, nodes: [{ promisable: 1 }, { promisable: 3, expected: 3, planned: 0 }] },
    });
  });

  it('sums nodes by region, none of them below 0, and nothing of a frozen cell', async () => {
    const it = house();
    const dc = aCell('MUG', 'DC');
    await it.ledger.commit({
      at: it.now(),
      changes: [
        anArrival(aCell('MUG', 'STORE'), 3),
        { ...anArrival(dc, 2), movements: [{ movementId: 'c', kind: 'count', onHandDelta: 2, reservedDelta: 0, safetyStockDelta: 5 }] },
      ],
    }); // prettier-ignore
    await it.announce(aPurchase('PO-1', 'DC', { MUG: 4 }));
    expect(await it.availability(mug, '2026-12-01')).toMatchObject({
      value: {
        promisable: 4,
        regions: [{ country: 'US', region: 'NY', available: 3, promisable: 4, nodeIds: ['DC', 'STORE'] }],
      },
    });
    await it.freeze({ cell: dc, reason: 'doubt', actor: 'watchdog' });
    expect(await it.availability(mug, '2026-12-01')).toMatchObject({
      value: { promisable: 3, nodes: [{ isFrozen: true, promisable: 0 }, { promisable: 3 }] },
    });
  });
});
