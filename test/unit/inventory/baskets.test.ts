import { makeDynamoDueClaims } from '../../../shared/inventory/adapters/dynamo-due-claims.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { basketStatus } from '../../../shared/inventory/domain/basket-state.ts';
import type { LedgerEntry } from '../../../shared/inventory/domain/ledger-entry.ts';
import { valueOf } from '../../support/orders/builders.ts';
import { aBasket, aCell, anArrival, anOrder, aPlan } from '../../support/inventory/builders.ts';
import { aStillClock, basketUseCases, START, wishes } from '../../support/inventory/basket-house.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';

const mug = aCell('MUG', 'DC');
const mugStore = aCell('MUG', 'STORE');
const cup = aCell('CUP', 'DC');
const CELLS = [mug, mugStore, cup];

const STOCKS = {
  'in memory': makeInMemoryStock,
  'on DynamoDB': () => {
    const table = { client: memoryClient(new MemoryDynamo()), tableName: 'inventory' };
    return { ledger: makeDynamoStockLedger(table), due: makeDynamoDueClaims(table) };
  },
};

const shopOn = async (name: keyof typeof STOCKS, units: Readonly<Record<string, number>>) => {
  const stock = STOCKS[name]();
  const clock = aStillClock();
  for (const [index, cell] of CELLS.entries()) {
    const quantity = units[`${cell.sku}@${cell.nodeId}`] ?? 0;
    await stock.ledger.commit({ at: START, changes: [anArrival(cell, quantity, `k${index}`)] });
  }
  const it = basketUseCases(stock, clock.now, CELLS);
  return {
    ...it,
    clock,
    stock,
    withClock: (skewMs: number) => basketUseCases(stock, clock.skewed(skewMs), CELLS),
    counters: async (cell = mug) => {
      const [position] = await stock.ledger.findPositions([cell]);
      return [position?.onHand, position?.reserved];
    },
    available: async (cell = mug) =>
      (await it.availability([cell.sku])).find(({ nodeId }) => nodeId === cell.nodeId)?.available ?? 0,
    hold1: (number: number, quantity: number, minutes = 10) =>
      it.hold({ basketId: aBasket(number), minutes, lines: wishes([mug, quantity]) }),
  };
};

type Shop = Awaited<ReturnType<typeof shopOn>>;

/** The use cases of an executor whose entries hold so few cells. */
const makeUseCasesOn = (
  stock: Pick<Shop['stock'], 'ledger' | 'due'>,
  now: () => string,
  cellsPerEntry: number,
) => basketUseCases({ ...stock, ledger: { ...stock.ledger, cellsPerEntry } }, now, CELLS);

/** The entry with which a plan makes a basket its order's. */
const BINDING = 1;

const planOf = (rows: Parameters<typeof aPlan>[0], number = 1, basket = number) => ({
  ...aPlan(rows, number),
  basketId: aBasket(basket),
});

describe.each(['in memory', 'on DynamoDB'] as const)('%s:', (name) => {
  const shop = (units: Readonly<Record<string, number>>) => shopOn(name, units);

  describe('a basket', () => {
    it('holds every line, or none and says what is missing', async () => {
      const { hold, counters } = await shop({ 'MUG@DC': 3, 'CUP@DC': 1 });
      const refused = await hold({ basketId: aBasket(), minutes: 10, lines: wishes([mug, 2], [cup, 3]) });
      expect(refused).toMatchObject({ refusal: { type: 'missing', lines: [{ lineId: '2', quantity: 2, available: 1 }] } }); // prettier-ignore
      expect(await counters()).toEqual([3, 0]);
      const held = await hold({ basketId: aBasket(), minutes: 10, lines: wishes([mug, 2], [cup, 1]) });
      expect(held).toMatchObject({
        value: { isNew: true, basket: { softUntil: '2026-11-23T09:10:00.000Z' } },
      });
      expect(await counters()).toEqual([3, 2]);
      expect(await counters(cup)).toEqual([1, 1]);
    });

    it('is held by the first node that has a line whole, else by several', async () => {
      const { hold } = await shop({ 'MUG@DC': 2, 'MUG@STORE': 3 });
      const whole = await hold({ basketId: aBasket(1), minutes: 5, lines: wishes([[mug, mugStore], 3]) });
      expect(whole).toMatchObject({ value: { basket: { lines: [{ nodeId: 'STORE', quantity: 3 }] } } });
      const more = await hold({ basketId: aBasket(2), minutes: 5, lines: wishes([[mugStore, mug], 2]) });
      expect(more).toMatchObject({ value: { basket: { lines: [{ nodeId: 'DC', quantity: 2 }] } } });
    });

    it('is spread over nodes when none has it whole', async () => {
      const { hold } = await shop({ 'MUG@DC': 2, 'MUG@STORE': 2 });
      const spread = await hold({ basketId: aBasket(), minutes: 5, lines: wishes([[mug, mugStore], 3]) });
      expect(spread).toMatchObject({
      value: { basket: { lines: [{ nodeId: 'DC', quantity: 2 }, { nodeId: 'STORE', quantity: 1 }] } },
    }); // prettier-ignore
    });

    it('is found by the same id with the same lines, and refused with others', async () => {
      const { hold1, counters } = await shop({ 'MUG@DC': 2 });
      await hold1(1, 2);
      expect(await hold1(1, 2)).toMatchObject({ value: { isNew: false } });
      expect(await hold1(1, 1)).toMatchObject({ refusal: { type: 'idIsTaken' } });
      expect(await counters()).toEqual([2, 2]);
    });

    it('is refused for a SKU or a node that nobody knows', async () => {
      const { hold } = await shop({});
      const at = (sku: string, node: string) =>
        hold({ basketId: aBasket(), minutes: 5, lines: wishes([aCell(sku, node), 1]) });
      expect(await at('NOBODY', 'DC')).toMatchObject({ refusal: { type: 'unknownSku', skus: ['NOBODY'] } });
      expect(await at('MUG', 'MOON')).toMatchObject({ refusal: { type: 'unknownNode', nodeIds: ['MOON'] } });
    });

    it('gives back what it holds, once', async () => {
      const { hold1, drop, counters, read } = await shop({ 'MUG@DC': 2 });
      await hold1(1, 2);
      await drop(aBasket(1));
      await drop(aBasket(1));
      expect(await counters()).toEqual([2, 0]);
      expect(await hold1(1, 2)).toMatchObject({ refusal: { type: 'hasEnded', status: 'released' } });
      expect(await drop(aBasket(9))).toMatchObject({ refusal: { type: 'unknownReservation' } });
      expect(await read(aBasket(9))).toMatchObject({ refusal: { type: 'unknownReservation' } });
    });
  });

  describe('the expiry of a basket', () => {
    it('counts from its very instant, for every reader and every claim, before any sweep', async () => {
      const { hold1, clock, available, counters, readStock, reserve } = await shop({ 'MUG@DC': 2 });
      await hold1(1, 2);
      clock.pass(9.999);
      expect(await available()).toBe(0);
      expect(await hold1(2, 1)).toMatchObject({ refusal: { type: 'missing' } });
      clock.pass(0.001);
      expect(await available()).toBe(2);
      expect((await readStock(mug.sku)).positions[0]).toMatchObject({
        reserved: 0,
        available: 2,
        softReserved: 0,
      });
      expect(await counters()).toEqual([2, 2]);
      expect(await hold1(2, 1)).toMatchObject({ value: { isNew: true } });
      expect(await reserve(aPlan([['DC', 'MUG', 1]]))).toMatchObject({ value: { outcome: 'reserved' } });
      expect(await counters()).toEqual([2, 2]);
      expect(await reserve(aPlan([['DC', 'MUG', 1]], 2))).toMatchObject({ value: { outcome: 'lost' } });
    });

    it('is put off by an extension, never brought forward', async () => {
      const { hold1, clock, extend, available } = await shop({ 'MUG@DC': 1 });
      await hold1(1, 1);
      clock.pass(8);
      expect(await extend(aBasket(1), 10)).toMatchObject({
        value: { softUntil: '2026-11-23T09:18:00.000Z' },
      });
      expect(await extend(aBasket(1), 1)).toMatchObject({ value: { softUntil: '2026-11-23T09:18:00.000Z' } });
      clock.pass(9);
      expect(await available()).toBe(0);
      clock.pass(1);
      expect(await available()).toBe(1);
      expect(await extend(aBasket(1), 10)).toMatchObject({
        refusal: { type: 'hasEnded', status: 'expired' },
      });
    });

    it('is swept once, and leaves no trace on the position', async () => {
      const { hold1, clock, sweep, stock, extend } = await shop({ 'MUG@DC': 3 });
      await hold1(1, 1);
      await hold1(2, 1, 12);
      await extend(aBasket(1), 11);
      expect(await sweep()).toBe(0);
      clock.pass(11);
      expect(await sweep()).toBe(1);
      expect(await sweep()).toBe(0);
      expect(await stock.ledger.findPositions([mug])).toMatchObject([
        { reserved: 1, soft: [{ until: '2026-11-23T09:12:00.000Z', units: 1 }] },
      ]);
    });

    it('is decided by the first clock that acts on it', async () => {
      const { hold1, withClock, counters, extend, bind } = await shop({ 'MUG@DC': 1 });
      await hold1(1, 1, 1);
      const fast = withClock(90_000);
      expect(await fast.reserve(aPlan([['DC', 'MUG', 1]], 2))).toMatchObject({
        value: { outcome: 'reserved' },
      });
      expect(await extend(aBasket(1), 10)).toMatchObject({ refusal: { type: 'hasEnded' } });
      expect(await bind({ basketId: aBasket(1), orderId: anOrder(1), again: true })).toBeUndefined();
      expect(await counters()).toEqual([1, 1]);
    });

    it('has ended at all of its cells when it has at one, however slow a clock is', async () => {
      const { hold, withClock, counters, bind } = await shop({ 'MUG@DC': 1, 'CUP@DC': 1 });
      await hold({ basketId: aBasket(1), minutes: 1, lines: wishes([mug, 1], [cup, 1]) });
      await withClock(90_000).reserve(aPlan([['DC', 'MUG', 1]], 2));
      expect(await bind({ basketId: aBasket(1), orderId: anOrder(1), again: false })).toBeUndefined();
      expect(await counters(mug)).toEqual([1, 1]);
      expect(await counters(cup)).toEqual([1, 0]);
    });

    it('is never put where everything has lapsed already, however slow a clock is', async () => {
      const { hold1, withClock, sweep, clock, counters, hold } = await shop({ 'MUG@DC': 2 });
      await hold1(1, 1, 3);
      await withClock(200_000).sweep();
      const held = await withClock(-120_000).hold({
        basketId: aBasket(2),
        minutes: 1,
        lines: wishes([mug, 2]),
      });
      expect(held).toMatchObject({ value: { basket: { softUntil: '2026-11-23T09:04:00.000Z' } } });
      expect(await counters()).toEqual([2, 2]);
      expect(await hold({ basketId: aBasket(3), minutes: 1, lines: wishes([mug, 1]) })).toMatchObject({
        ok: false,
      });
      clock.pass(4);
      await sweep();
      expect(await counters()).toEqual([2, 0]);
    });
  });

  describe('a basket that becomes an order', () => {
    it('expires no more, and is the order’s alone', async () => {
      const { hold1, bind, clock, sweep, available, availability, drop } = await shop({ 'MUG@DC': 1 });
      await hold1(1, 1);
      await bind({ basketId: aBasket(1), orderId: anOrder(1), again: true });
      await bind({ basketId: aBasket(1), orderId: anOrder(1), again: true });
      clock.pass(60);
      await sweep();
      expect(await available()).toBe(0);
      const own = (order: number) =>
        availability([mug.sku], { basketId: aBasket(1), orderId: anOrder(order) });
      expect(await own(1)).toMatchObject([{ nodeId: 'DC', available: 1 }]);
      expect(await own(2)).toEqual([]);
      expect(await drop(aBasket(1))).toMatchObject({
        refusal: { type: 'belongsToOrder', orderId: anOrder(1) },
      });
    });

    it('is exchanged for the plan in one entry, whatever else is free', async () => {
      const { hold1, reserve, counters, read, free } = await shop({ 'MUG@DC': 2, 'MUG@STORE': 1 });
      await hold1(1, 2);
      const plan = planOf([['DC', 'MUG', 1], ['STORE', 'MUG', 1]]); // prettier-ignore
      expect(await reserve(plan)).toMatchObject({ value: { outcome: 'reserved' } });
      expect(await reserve(plan)).toMatchObject({ value: { outcome: 'reserved' } });
      expect(await counters()).toEqual([2, 1]);
      expect(await counters(mugStore)).toEqual([1, 1]);
      expect(await read(aBasket(1))).toMatchObject({ value: { orderId: anOrder(1), settlements: [{ cause: 'superseded' }] } }); // prettier-ignore
      await free(aBasket(1), anOrder(1));
      expect(await counters()).toEqual([2, 1]);
    });

    it('keeps what it holds when the plan is lost elsewhere', async () => {
      const { hold1, reserve, counters } = await shop({ 'MUG@DC': 1 });
      await hold1(1, 1);
      const lost = await reserve(planOf([['DC', 'MUG', 1], ['STORE', 'MUG', 1]])); // prettier-ignore
      expect(lost).toMatchObject({ value: { outcome: 'lost', cells: [mugStore] } });
      expect(await counters()).toEqual([1, 1]);
      expect(await reserve(planOf([['DC', 'MUG', 1]]))).toMatchObject({ value: { outcome: 'reserved' } });
      expect(await counters()).toEqual([1, 1]);
    });

    describe('and whose plan takes several entries', () => {
      const PLAN = planOf([['DC', 'CUP', 1], ['DC', 'MUG', 1], ['STORE', 'MUG', 1]]); // prettier-ignore

      /** A shop whose entries hold one cell, and a basket of two mugs and a cup; its order is bound. */
      const basketOfThree = async (units: Readonly<Record<string, number>>) => {
        const it = await shop({ 'MUG@DC': 2, 'CUP@DC': 1, ...units });
        const oneByOne = makeUseCasesOn(it.stock, it.clock.now, 1);
        await it.hold({ basketId: aBasket(1), minutes: 5, lines: wishes([mug, 2], [cup, 1]) });
        return { ...it, ...oneByOne };
      };

      /** Claims the first entry or two of the plan, as an executor that dies then. */
      const halfOf = async ({ stock, clock }: Pick<Shop, 'stock' | 'clock'>, entries: number) => {
        let left = entries + BINDING;
        const dying = {
          ...stock.ledger,
          commit: async (entry: LedgerEntry) => {
            if (left === 0) throw new Error('the executor died');
            left -= 1;
            return stock.ledger.commit(entry);
          },
        };
        const { reserve } = makeUseCasesOn({ ...stock, ledger: dying }, clock.now, 1);
        await expect(reserve(PLAN)).rejects.toThrow('the executor died');
      };

      const held = async ({ counters, read }: Pick<Shop, 'counters' | 'read'>) => ({
        mug: await counters(),
        cup: await counters(cup),
        basket: valueOf(await read(aBasket(1))).lines.map(({ released }) => released),
      });

      it('holds what it held when the plan is lost half way, and no one else gets any of it', async () => {
        const it = await basketOfThree({});
        expect(await it.reserve(PLAN)).toMatchObject({ value: { outcome: 'lost', cells: [mugStore] } });
        expect(await held(it)).toEqual({ mug: [2, 2], cup: [1, 1], basket: [0, 0] });
        expect(await it.reserve(aPlan([['DC', 'CUP', 1]], 2))).toMatchObject({ value: { outcome: 'lost' } });
        expect(await it.reserve(planOf([['DC', 'MUG', 2]]))).toMatchObject({
          value: { outcome: 'reserved' },
        });
        expect(await held(it)).toEqual({ mug: [2, 2], cup: [1, 0], basket: [2, 1] });
      });

      it('is exchanged entry by entry, and is over with the last', async () => {
        const it = await basketOfThree({ 'MUG@STORE': 1 });
        expect(await it.reserve(PLAN)).toMatchObject({ value: { outcome: 'reserved' } });
        expect(await held(it)).toEqual({ mug: [2, 1], cup: [1, 1], basket: [2, 1] });
        expect(basketStatus(valueOf(await it.read(aBasket(1))), START)).toBe('replaced');
      });

      it.each([1, 2])('is exchanged by whoever goes on after %i entries', async (entries) => {
        const it = await basketOfThree({ 'MUG@STORE': 1 });
        await halfOf(it, entries);
        expect(await held(it)).toMatchObject({ mug: [2, 2], cup: [1, 1] });
        expect(await it.reserve(PLAN)).toMatchObject({ value: { outcome: 'reserved' } });
        expect(await held(it)).toEqual({ mug: [2, 1], cup: [1, 1], basket: [2, 1] });
      });

      it.each([1, 2])('holds what it held when the claim is closed after %i entries', async (entries) => {
        const it = await basketOfThree({ 'MUG@STORE': 1 });
        await halfOf(it, entries);
        await it.release({ reservationId: PLAN.reservationId, cause: 'superseded' });
        expect(await it.reserve(PLAN)).toMatchObject({ value: { outcome: 'reserved', shipments: [] } });
        expect(await held(it)).toEqual({ mug: [2, 2], cup: [1, 1], basket: [0, 0] });
      });

      it.each([1, 2])('leaves nothing when the order ends after %i entries', async (entries) => {
        const it = await basketOfThree({ 'MUG@STORE': 1 });
        await halfOf(it, entries);
        await it.free(aBasket(1), anOrder(1));
        await it.release({ reservationId: PLAN.reservationId, cause: 'cancelled' });
        expect(await held(it)).toMatchObject({ mug: [2, 0], cup: [1, 0] });
      });
    });

    it('gives back what the plan does not want', async () => {
      const { hold, reserve, counters } = await shop({ 'MUG@DC': 2, 'CUP@DC': 2 });
      await hold({ basketId: aBasket(1), minutes: 5, lines: wishes([mug, 2], [cup, 2]) });
      await reserve(planOf([['DC', 'MUG', 1]]));
      expect(await counters()).toEqual([2, 1]);
      expect(await counters(cup)).toEqual([2, 0]);
    });

    it('claims again what has expired, if it is still free', async () => {
      const { hold1, bind, clock, counters, available } = await shop({ 'MUG@DC': 1 });
      await hold1(1, 1);
      clock.pass(20);
      expect(await bind({ basketId: aBasket(1), orderId: anOrder(1), again: true })).toMatchObject({ orderId: anOrder(1) }); // prettier-ignore
      expect(await counters()).toEqual([1, 1]);
      expect(await available()).toBe(0);
    });

    it('is an ordinary order when what has expired is gone, or was never held', async () => {
      const { hold1, bind, clock, reserve, counters } = await shop({ 'MUG@DC': 1 });
      await hold1(1, 1);
      clock.pass(20);
      await reserve(aPlan([['DC', 'MUG', 1]], 2));
      expect(await bind({ basketId: aBasket(1), orderId: anOrder(1), again: true })).toBeUndefined();
      expect(await reserve(planOf([['DC', 'MUG', 1]]))).toMatchObject({ value: { outcome: 'lost' } });
      expect(await reserve(planOf([['DC', 'MUG', 1]], 3))).toMatchObject({ value: { outcome: 'lost' } });
      expect(await hold1(3, 1)).toMatchObject({ ok: false });
      expect(await counters()).toEqual([1, 1]);
    });

    it('is told twice, late, and after the order was routed, with one effect', async () => {
      const { hold1, bind, reserve, counters } = await shop({ 'MUG@DC': 3 });
      await hold1(1, 1);
      await reserve(planOf([['DC', 'MUG', 1]]));
      await bind({ basketId: aBasket(1), orderId: anOrder(1), again: true });
      expect(await counters()).toEqual([3, 1]);
    });

    it('is freed when the order ends, also when that is heard first', async () => {
      const { hold1, bind, free, counters } = await shop({ 'MUG@DC': 2 });
      await hold1(1, 1);
      await bind({ basketId: aBasket(1), orderId: anOrder(1), again: true });
      await free(aBasket(1), anOrder(1));
      await free(aBasket(1), anOrder(1));
      expect(await counters()).toEqual([2, 0]);
      await free(aBasket(2), anOrder(2));
      expect(await hold1(2, 1)).toMatchObject({ refusal: { type: 'hasEnded' } });
      await hold1(3, 1);
      await free(aBasket(3), anOrder(3));
      await bind({ basketId: aBasket(3), orderId: anOrder(3), again: true });
      expect(await counters()).toEqual([2, 0]);
    });
  });
});
