import type { Books, StorePage, StoreRequest } from '../../../shared/inventory/application/books-ports.ts';
import type { StockLedger } from '../../../shared/inventory/application/ports.ts';
import { claimNext, openClaim } from '../../../shared/inventory/domain/claim-plan.ts';
import { NO_UNITS } from '../../../shared/inventory/domain/position.ts';
import { aCell, anArrival, aPlan, aReservation } from './builders.ts';

const AT = '2026-11-23T09:00:00.000Z';

/** Every page of a scan, put together. */
export const readAll = async (
  books: Books,
  request: Omit<StoreRequest, 'cursor'>,
): Promise<Omit<StorePage, 'cursor'>> => {
  const pages: StorePage[] = [];
  let cursor: string | undefined;
  do {
    const page = await books.scan({ ...request, cursor });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return {
    positions: pages.flatMap((page) => page.positions),
    movements: pages.flatMap((page) => page.movements),
    reservations: pages.flatMap((page) => page.reservations),
    groups: pages.flatMap((page) => page.groups),
    unreadable: pages.flatMap((page) => page.unreadable),
  };
};

/** What every store must show to its auditor. `make` hands out an empty one. */
export const describeBooks = (
  name: string,
  make: () => Promise<{ readonly ledger: StockLedger; readonly books: Books }>,
): void => {
  const mug = aCell('MUG', 'DC');
  const cup = aCell('CUP', 'DC');

  const stocked = async () => {
    const it = await make();
    await it.ledger.commit({ at: AT, changes: [anArrival(mug, 5), anArrival(cup, 5)] });
    const opened = openClaim(aPlan([['DC', 'MUG', 3]]), undefined, AT);
    if (!opened.ok) throw new Error('the plan of a test is sound');
    const claimed = claimNext(opened.value, 33, AT);
    await it.ledger.commit(claimed);
    return { ...it, reservation: claimed.reservation.after };
  };

  describe(`the books of stock ${name}`, () => {
    it('show every position, movement and reservation once, however small the pages', async () => {
      const { books, reservation } = await stocked();
      const { positions, movements, reservations, unreadable } = await readAll(books, { limit: 1 });
      expect(reservations).toEqual([reservation]);
      expect(positions).toHaveLength(2);
      expect(positions).toContainEqual({
        ...NO_UNITS,
        ...mug,
        onHand: 5,
        reserved: 3,
        freeUnits: 2,
        version: 2,
      });
      expect(movements).toHaveLength(3);
      expect(movements).toContainEqual({ ...NO_UNITS, ...mug, reserved: 3 });
      expect(unreadable).toEqual([]);
    });

    it('leave out the history of a SKU that is not wanted, and nothing else', async () => {
      const { books } = await stocked();
      const skipsHistoryOf = (sku: string) => sku === 'MUG';
      const { positions, movements, reservations } = await readAll(books, { limit: 1, skipsHistoryOf });
      expect(movements).toEqual([{ ...NO_UNITS, ...cup, onHand: 5 }]);
      expect(positions).toHaveLength(2);
      expect(reservations).toHaveLength(1);
    });

    it('show a cell, its movements and its claims as they are stored now', async () => {
      const { books, reservation } = await stocked();
      expect(await books.readPosition(mug)).toMatchObject({ position: { freeUnits: 2 }, version: 2 });
      expect(await books.readPosition(aCell('NO', 'DC'))).toEqual({ version: 0 });
      const kinds: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await books.readMovements(mug, { limit: 10, cursor });
        kinds.push(...page.movements.map(({ kind }) => kind));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(kinds.sort()).toEqual(['receive', 'reserve']);
      expect(await books.readReservations([aReservation(1), aReservation(2)])).toEqual({
        reservations: [reservation],
        unreadable: [],
      });
    });
  });
};

/** What a store whose scans can be shared out must show as well. */
export const describeSegments = (
  name: string,
  make: () => Promise<{ readonly ledger: StockLedger; readonly books: Books }>,
): void => {
  describe(`the books of stock ${name}, read in segments`, () => {
    it('show every position in one segment', async () => {
      const { ledger, books } = await make();
      const cells = Array.from({ length: 12 }, (_, index) => aCell(`SKU-${index}`, 'DC'));
      await ledger.commit({ at: AT, changes: cells.map((cell) => anArrival(cell, 1)) });
      const segments = await Promise.all(
        [0, 1, 2].map((index) =>
          readAll(books, { limit: 2, segment: { index, of: 3 }, skipsHistoryOf: () => true }),
        ),
      );
      const skus = segments.flatMap(({ positions }) => positions.map(({ sku }) => sku));
      expect([...skus].sort()).toEqual(cells.map(({ sku }) => sku).sort());
      expect(segments.flatMap(({ movements }) => movements)).toEqual([]);
    });
  });
};
