import { makeBookShipment } from '../../../shared/inventory/application/book-shipment.ts';
import { makeReadAvailability, makeReadStock } from '../../../shared/inventory/application/read-stock.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { fulfilmentOrderIdOf } from '../../../shared/kernel/derive-ids.ts';
import {
  aCell,
  aClock,
  aLine,
  anArrival,
  aNode,
  aPlan,
  aReservation,
  aSku,
} from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

const DC = aNode('DC');
const STORE = aNode('STORE');
const FO = fulfilmentOrderIdOf(aReservation(1), DC);

const shop = async (stock: Readonly<Record<string, number>>, isHot = false) => {
  const { ledger } = makeInMemoryStock();
  const now = aClock();
  const grouping = aGrouping(ledger, now, isHot);
  for (const [cell, quantity] of Object.entries(stock)) {
    const [sku = '', node = ''] = cell.split('@');
    await ledger.commit({ at: now(), changes: [anArrival(aCell(sku, node), quantity)] });
  }
  const read = makeReadStock({ ledger });
  return {
    ledger,
    reserve: makeReservePlan({ ledger, now, grouping, baskets: NO_BASKETS }),
    release: makeReleaseReservation({ ledger, now, grouping }),
    book: makeBookShipment({ ledger, now }),
    availability: makeReadAvailability({ ledger, now }),
    /** [on hand, reserved] of the SKU at the node. */
    counters: async (sku: string, node: string) => {
      const { positions } = await read(aSku(sku));
      const position = positions.find(({ nodeId }) => nodeId === node);
      return [position?.onHand, position?.reserved];
    },
  };
};

const line = (id: string, sku: string, quantity: number) => ({
  lineId: aLine(id),
  sku: aSku(sku),
  quantity,
});

describe('looking for a claim without making one', () => {
  it('finds what an earlier run has claimed, and claims nothing where there is none', async () => {
    const { reserve, counters } = await shop({ 'MUG@DC': 5 });
    const plan = aPlan([['DC', 'MUG', 2]]);
    const find = { ...plan, shipments: [], claim: 'find' as const };
    const none = { outcome: 'notClaimed', shipments: [], considered: plan.considered };

    expect(await reserve(find)).toEqual({ ok: true, value: none });
    expect(await counters('MUG', 'DC')).toEqual([5, 0]);
    await reserve(plan);
    expect(await reserve(find)).toMatchObject({ value: { outcome: 'reserved', shipments: plan.shipments } });
    expect(await counters('MUG', 'DC')).toEqual([5, 2]);
  });

  it('does not take a claim that was lost for one', async () => {
    const { reserve } = await shop({ 'MUG@DC': 1 });
    const plan = aPlan([['DC', 'MUG', 2]]);
    expect(await reserve(plan)).toMatchObject({ value: { outcome: 'lost' } });
    expect(await reserve({ ...plan, shipments: [], claim: 'find' })).toMatchObject({
      value: { outcome: 'notClaimed' },
    });
  });
});

describe('reserving a plan', () => {
  it('claims every line and answers with the plan', async () => {
    const { reserve, counters } = await shop({ 'MUG@DC': 5, 'CUP@STORE': 1 });
    const plan = aPlan([['DC', 'MUG', 2], ['STORE', 'CUP', 1]]); // prettier-ignore
    expect(await reserve(plan)).toEqual({
      ok: true,
      value: { outcome: 'reserved', shipments: plan.shipments, considered: plan.considered },
    });
    expect(await counters('MUG', 'DC')).toEqual([5, 2]);
    expect(await counters('CUP', 'STORE')).toEqual([1, 1]);
  });

  it('answers a repetition with the plan that was claimed first, and claims nothing more', async () => {
    const { reserve, counters } = await shop({ 'MUG@DC': 5, 'MUG@STORE': 5 });
    const first = aPlan([['DC', 'MUG', 2]]);
    await reserve(first);
    const second = await reserve(aPlan([['STORE', 'MUG', 2]]));
    expect(second).toMatchObject({ value: { outcome: 'reserved', shipments: first.shipments } });
    expect(await counters('MUG', 'STORE')).toEqual([5, 0]);
    expect(await counters('MUG', 'DC')).toEqual([5, 2]);
  });

  it('names the cells that lost the race and claims nothing; another plan may follow under the same id', async () => {
    const { reserve, counters } = await shop({ 'MUG@DC': 5, 'CUP@DC': 0, 'CUP@STORE': 3 });
    expect(await reserve(aPlan([['DC', 'MUG', 2], ['DC', 'CUP', 1]]))).toEqual({ ok: true, value: { outcome: 'lost', cells: [aCell('CUP', 'DC')] } }); // prettier-ignore
    expect(await counters('MUG', 'DC')).toEqual([5, 0]);
    const next = aPlan([['DC', 'MUG', 2], ['STORE', 'CUP', 1]]); // prettier-ignore
    expect(await reserve(next)).toMatchObject({ value: { outcome: 'reserved', shipments: next.shipments } });
  });

  it('leaves the safety stock alone', async () => {
    const { ledger, reserve } = await shop({ 'MUG@DC': 5 });
    await ledger.commit({
      at: '2026-11-23T09:00:00.000Z',
      changes: [
        {
          cell: aCell('MUG', 'DC'),
          movements: [
            { movementId: 's', kind: 'count', onHandDelta: 0, reservedDelta: 0, safetyStockDelta: 4 },
          ],
          guard: { type: 'covered' },
        },
      ],
    });
    expect(await reserve(aPlan([['DC', 'MUG', 2]]))).toMatchObject({ value: { outcome: 'lost' } });
    expect(await reserve(aPlan([['DC', 'MUG', 1]]))).toMatchObject({ value: { outcome: 'reserved' } });
  });

  it('refuses a plan that ships more than the order asks for', async () => {
    const { reserve } = await shop({ 'MUG@DC': 5 });
    const plan = aPlan([['DC', 'MUG', 2]]);
    expect(await reserve({ ...plan, considered: [line('1', 'MUG', 1)] })).toEqual({
      ok: false,
      refusal: { type: 'planExceedsOrder', lineId: '1' },
    });
  });

  it('claims a plan of more cells than one transaction holds', async () => {
    const skus = Array.from({ length: 80 }, (_, index) => `S${index}`);
    const { reserve, counters } = await shop(Object.fromEntries(skus.map((sku) => [`${sku}@DC`, 1])));
    const plan = aPlan(skus.map((sku) => ['DC', sku, 1]));
    expect(await reserve(plan)).toMatchObject({ value: { outcome: 'reserved' } });
    for (const sku of skus) expect(await counters(sku, 'DC')).toEqual([1, 1]);
  });

  it('gives back the first part of such a plan when a later part is lost', async () => {
    const skus = Array.from({ length: 80 }, (_, index) => `S${index}`);
    const { reserve, counters, ledger } = await shop(
      Object.fromEntries(skus.map((sku) => [`${sku}@DC`, sku === 'S9' ? 0 : 1])),
    );
    expect(await reserve(aPlan(skus.map((sku) => ['DC', sku, 1])))).toEqual({
      ok: true,
      value: { outcome: 'lost', cells: [aCell('S9', 'DC')] },
    });
    for (const sku of skus) expect((await counters(sku, 'DC'))[1]).toBe(0);
    expect(await ledger.findReservation(aReservation(1))).toMatchObject({ status: 'lost', claimed: 0 });
    expect(await reserve(aPlan([['DC', 'S1', 1]]))).toMatchObject({ value: { outcome: 'reserved' } });
  });

  it('lets 200 orders racing for the last 50 units over three nodes have exactly 50', async () => {
    const { reserve, counters } = await shop({ 'MUG@A': 20, 'MUG@B': 20, 'MUG@C': 10 });
    const nodes = ['A', 'B', 'C'];
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        for (const node of nodes) {
          const outcome = await reserve(aPlan([[node, 'MUG', 1]], index + 1));
          if (outcome.ok && outcome.value.outcome === 'reserved') return true;
        }
        return false;
      }),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(50);
    expect([await counters('MUG', 'A'), await counters('MUG', 'B'), await counters('MUG', 'C')]).toEqual([
      [20, 20],
      [20, 20],
      [10, 10],
    ]);
  });
});

describe('releasing a reservation', () => {
  it('gives back what is claimed at the node, once', async () => {
    const { reserve, release, counters } = await shop({ 'MUG@DC': 5, 'MUG@STORE': 5 });
    await reserve(aPlan([['DC', 'MUG', 2], ['STORE', 'MUG', 1]])); // prettier-ignore
    const command = { reservationId: aReservation(1), nodeId: DC, cause: 'rejected' as const };
    expect(await release(command)).toEqual({
      outcome: 'released',
      released: [{ nodeId: DC, ...line('1', 'MUG', 2) }],
    });
    expect(await release(command)).toEqual({ outcome: 'alreadySettled', released: [] });
    expect(await counters('MUG', 'DC')).toEqual([5, 0]);
    expect(await counters('MUG', 'STORE')).toEqual([5, 1]);
  });

  it('gives back everything that remains when no node is named', async () => {
    const { reserve, release, counters } = await shop({ 'MUG@DC': 5, 'MUG@STORE': 5 });
    await reserve(aPlan([['DC', 'MUG', 2], ['STORE', 'MUG', 1]])); // prettier-ignore
    await release({ reservationId: aReservation(1), nodeId: DC, cause: 'cancelled' });
    expect(await release({ reservationId: aReservation(1), cause: 'superseded' })).toMatchObject({
      released: [{ nodeId: STORE, quantity: 1 }],
    });
    expect(await counters('MUG', 'DC')).toEqual([5, 0]);
    expect(await counters('MUG', 'STORE')).toEqual([5, 0]);
  });

  it('takes the units off on hand when the node says that they are not there', async () => {
    const { reserve, release, counters } = await shop({ 'MUG@DC': 5 });
    await reserve(aPlan([['DC', 'MUG', 2]]));
    await release({
      reservationId: aReservation(1),
      nodeId: DC,
      cause: 'rejected',
      reason: 'outOfStock',
    });
    expect(await counters('MUG', 'DC')).toEqual([3, 0]);
  });

  it('that comes before its claim keeps a late executor from claiming', async () => {
    const { reserve, release, counters } = await shop({ 'MUG@DC': 5 });
    await release({ reservationId: aReservation(1), cause: 'superseded' });
    expect(await reserve(aPlan([['DC', 'MUG', 2]]))).toMatchObject({ value: { shipments: [] } });
    expect(await counters('MUG', 'DC')).toEqual([5, 0]);
  });

  it('ends a claim of more cells at one node than one transaction holds', async () => {
    const skus = Array.from({ length: 80 }, (_, index) => `S${index}`);
    const { reserve, release, counters } = await shop(
      Object.fromEntries(skus.map((sku) => [`${sku}@DC`, 1])),
    );
    await reserve(aPlan(skus.map((sku) => ['DC', sku, 1])));
    const released = await release({ reservationId: aReservation(1), nodeId: DC, cause: 'rejected' });
    expect(released.released).toHaveLength(80);
    for (const sku of skus) expect(await counters(sku, 'DC')).toEqual([1, 0]);
  });
});

describe('booking a shipment', () => {
  it('takes what left out of on hand and reserved, once', async () => {
    const { reserve, book, counters } = await shop({ 'MUG@DC': 5 });
    await reserve(aPlan([['DC', 'MUG', 2]]));
    const command = {
      fulfilmentOrderId: FO,
      reservationId: aReservation(1),
      nodeId: DC,
      shipped: [line('1', 'MUG', 2)],
      short: [],
    };
    expect(await book(command)).toMatchObject({ value: { outcome: 'booked', settlement: { by: FO } } });
    expect(await book(command)).toMatchObject({ value: { outcome: 'alreadySettled' } });
    expect(await counters('MUG', 'DC')).toEqual([3, 0]);
  });

  it('frees the short part and writes it off', async () => {
    const { reserve, book, counters, ledger } = await shop({ 'MUG@DC': 5, 'CUP@DC': 5 });
    await reserve(aPlan([['DC', 'MUG', 3], ['DC', 'CUP', 2]])); // prettier-ignore
    await book({
      fulfilmentOrderId: FO,
      reservationId: aReservation(1),
      nodeId: DC,
      shipped: [line('1', 'MUG', 1)],
      short: [line('1', 'MUG', 2)],
    });
    expect(await counters('MUG', 'DC')).toEqual([2, 0]);
    expect(await counters('CUP', 'DC')).toEqual([5, 0]);
    expect(await ledger.findReservation(aReservation(1))).toMatchObject({
      lines: [
        { lineId: '2', shipped: 0, released: 2 },
        { lineId: '1', shipped: 1, released: 2 },
      ],
    });
  });

  it('after a release changes nothing and says how the claim ended', async () => {
    const { reserve, release, book, counters } = await shop({ 'MUG@DC': 5 });
    await reserve(aPlan([['DC', 'MUG', 2]]));
    await release({ reservationId: aReservation(1), nodeId: DC, cause: 'cancelled' });
    expect(
      await book({
        fulfilmentOrderId: FO,
        reservationId: aReservation(1),
        nodeId: DC,
        shipped: [line('1', 'MUG', 2)],
        short: [],
      }),
    ).toMatchObject({ value: { outcome: 'alreadySettled', settlement: { cause: 'cancelled' } } });
    expect(await counters('MUG', 'DC')).toEqual([5, 0]);
  });

  it('refuses more than is reserved at the node, and a reservation that nobody made', async () => {
    const { reserve, book } = await shop({ 'MUG@DC': 5 });
    const command = {
      fulfilmentOrderId: FO,
      reservationId: aReservation(1),
      nodeId: DC,
      shipped: [line('1', 'MUG', 3)],
      short: [],
    };
    expect(await book(command)).toEqual({ ok: false, refusal: { type: 'unknownReservation' } });
    await reserve(aPlan([['DC', 'MUG', 2]]));
    expect(await book(command)).toEqual({ ok: false, refusal: { type: 'moreThanReserved', lineId: '1' } });
  });

  it('never books on hand below zero when a count has taken the units out already', async () => {
    const { ledger, reserve, book, counters } = await shop({ 'MUG@DC': 3 });
    await reserve(aPlan([['DC', 'MUG', 3]]));
    await ledger.commit({
      at: '2026-11-23T12:00:00.000Z',
      changes: [
        {
          cell: aCell('MUG', 'DC'),
          movements: [{ movementId: 'count:1', kind: 'count', onHandDelta: -2, reservedDelta: 0 }],
          guard: { type: 'covered' },
        },
      ],
    });
    await book({
      fulfilmentOrderId: FO,
      reservationId: aReservation(1),
      nodeId: DC,
      shipped: [line('1', 'MUG', 3)],
      short: [],
    });
    expect(await counters('MUG', 'DC')).toEqual([0, 0]);
  });
});

describe('availability for routing', () => {
  it('names the cells that have something to give', async () => {
    const { reserve, availability } = await shop({ 'MUG@DC': 2, 'MUG@STORE': 1, 'CUP@DC': 4 });
    await reserve(aPlan([['DC', 'MUG', 2]]));
    expect(await availability([aSku('MUG'), aSku('CUP'), aSku('MUG'), aSku('HAT')])).toEqual([
      { ...aCell('MUG', 'STORE'), available: 1 },
      { ...aCell('CUP', 'DC'), available: 4 },
    ]);
  });
});
