import type { CellBook, CountTasks, FeedStore } from '../../../shared/inventory/application/feed-ports.ts';
import type { StockLedger } from '../../../shared/inventory/application/ports.ts';
import { raiseCountTask } from '../../../shared/inventory/domain/count-task.ts';
import { NOTHING_TALLIED, type FeedHeader } from '../../../shared/inventory/domain/feed.ts';
import { aCell, anArrival, aNode, aSku } from './builders.ts';

const AT = '2026-11-23T09:00:00.000Z';
const LATER = '2026-11-23T10:00:00.000Z';
const DC = aNode('DC');
const mug = aCell('MUG', 'DC');
const HEADER: FeedHeader = { kind: 'snapshot', stream: 'stock', sequence: 1, nodeId: DC, asOf: AT };
const FEED = 'stock.1.DC';
const CHUNK = { feedId: FEED, chunk: 1, firstRow: 2, rows: 3, digest: 'abc', nodeIds: [DC, aNode('STORE')] };

const resultOf = (chunk: number, over: object = {}) => ({
  feedId: FEED,
  chunk,
  nodeId: DC,
  at: LATER,
  tally: { ...NOTHING_TALLIED, applied: 2, rejected: 1 },
  notes: [1, 2, 3].map((row) => ({ row: chunk * 10 + row, outcome: 'rejected' as const, reason: 'r' })),
  confirmed: [],
  node: { version: chunk },
  ...over,
});

type Stores = {
  readonly feeds: FeedStore;
  readonly cells: CellBook;
  readonly countTasks: CountTasks;
  readonly ledger: StockLedger;
};

/** What a store of feeds, the book of cells and the list of counts must do, whatever they are made of. */
export const describeFeedStore = (name: string, make: () => Promise<Stores>): void => {
  const opened = async () => {
    const stores = await make();
    await stores.feeds.open(HEADER, 'key ops', AT);
    return stores;
  };

  describe(`the feed store ${name}`, () => {
    it('opens a feed once, and keeps what it said of itself first', async () => {
      const { feeds } = await opened();
      const again = await feeds.open({ ...HEADER, asOf: LATER }, 'key other', LATER);
      expect(again).toMatchObject({ feedId: FEED, asOf: AT, openedBy: 'key ops', chunks: 0, pieces: 0 });
      expect(await feeds.find('stock.2.DC')).toBeUndefined();
    });

    it('registers a chunk once, under its number, while the feed is open', async () => {
      const { feeds } = await opened();
      expect(await feeds.register(CHUNK)).toBe('new');
      expect(await feeds.register(CHUNK)).toBe('known');
      expect(await feeds.register({ ...CHUNK, digest: 'other' })).toBe('different');
      expect(await feeds.findChunk(FEED, 1)).toEqual(CHUNK);
      expect(await feeds.find(FEED)).toMatchObject({ chunks: 1, rows: 3, pieces: 2 });
      expect(await feeds.close(FEED, 2, LATER)).toBe(false);
      expect(await feeds.close(FEED, 1, LATER)).toBe(true);
      expect(await feeds.close(FEED, 1, LATER)).toBe(true);
      expect(await feeds.register({ ...CHUNK, chunk: 2 })).toBe('closed');
      expect(await feeds.register(CHUNK)).toBe('known');
      expect(await feeds.find(FEED)).toMatchObject({ chunks: 1, closedAt: LATER });
    });

    it('refuses a feed that nobody can read, once', async () => {
      const { feeds } = await opened();
      await feeds.refuse(FEED, 'no header', LATER);
      await feeds.refuse(FEED, 'another reason', LATER);
      expect(await feeds.find(FEED)).toMatchObject({ refused: 'no header' });
      expect(await feeds.register(CHUNK)).toBe('closed');
    });

    it('keeps the result of a piece once, and counts it in the feed and its node', async () => {
      const { feeds } = await opened();
      await feeds.register(CHUNK);
      expect(await feeds.isApplied({ feedId: FEED, chunk: 1, nodeId: DC })).toBe(false);
      await feeds.finish(resultOf(1, { node: { version: 1, newestAsOf: AT } }));
      await feeds.finish(resultOf(1, { node: { version: 2 } }));
      expect(await feeds.isApplied({ feedId: FEED, chunk: 1, nodeId: DC })).toBe(true);
      expect(await feeds.find(FEED)).toMatchObject({ piecesApplied: 1, tally: { applied: 2, rejected: 1 } });
      expect(await feeds.findNode(DC)).toEqual({ version: 1, newestAsOf: AT });
      expect(await feeds.findNode(aNode('STORE'))).toEqual({ version: 0 });
      await expect(feeds.finish(resultOf(2, { node: { version: 1 } }))).rejects.toThrow('meanwhile');
      expect(await feeds.isApplied({ feedId: FEED, chunk: 2, nodeId: DC })).toBe(false);
    });

    it('lists the rows worth a word page by page, piece after piece', async () => {
      const { feeds } = await opened();
      for (const chunk of [1, 2, 3]) await feeds.finish(resultOf(chunk));
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await feeds.listNotes(FEED, { limit: 2, cursor });
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items.map(({ row }) => row));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(seen).toEqual([11, 12, 13, 21, 22, 23, 31, 32, 33]);
      await expect(feeds.listNotes(FEED, { limit: 2, cursor: 'x' })).rejects.toThrow('cursor');
    });

    it('remembers what snapshots have confirmed, by the newest moment of each SKU', async () => {
      const { feeds } = await opened();
      const [a, b] = [aSku('MUG'), aSku('CUP')];
      await feeds.finish(resultOf(1, { confirmed: [{ sku: a, asOf: AT }, { sku: b, asOf: LATER }] }));
      await feeds.finish(resultOf(2, { confirmed: [{ sku: a, asOf: LATER }] }));
      expect(await feeds.confirmedSince(DC, AT)).toEqual(new Map([[a, LATER], [b, LATER]]));
      expect(await feeds.confirmedSince(DC, '2026-11-23T11:00:00.000Z')).toEqual(new Map());
    }); // prettier-ignore
  });

  describe(`the book of cells ${name}`, () => {
    it('knows what was told last, and what has moved since a moment', async () => {
      const { cells, ledger } = await make();
      const told = { asOf: AT, by: 'stock.1.DC#1', difference: 3, version: 1 };
      const movement = {
        movementId: 's',
        kind: 'snapshot' as const,
        onHandDelta: 3,
        reservedDelta: 0,
        asOf: AT,
      };
      await ledger.commit({
        at: AT,
        changes: [
          { cell: mug, movements: [movement], guard: { type: 'toldFrom', position: undefined }, told },
        ],
      });
      expect(await cells.findCells([mug])).toMatchObject([{ onHand: 3, changedAt: AT, told }]);
      await ledger.commit({ at: LATER, changes: [anArrival(mug, 2)] });
      expect(await cells.movementsSince(mug, AT)).toMatchObject([
        { onHandDelta: 3, asOf: AT },
        { onHandDelta: 2, at: LATER },
      ]);
      expect(await cells.movementsSince(mug, LATER)).toHaveLength(1);
      expect(await cells.movementsSince(aCell('MUG', 'D'), AT)).toEqual([]);
    });

    it('lets a figure through only while on hand and the last figure are as they were', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 2)] });
      const tell = (position: { onHand: number; asOf: string | undefined } | undefined, asOf: string) =>
        ledger.commit({
          at: LATER,
          changes: [
            {
              cell: mug,
              movements: [{ movementId: `s${asOf}`, kind: 'snapshot', onHandDelta: 1, reservedDelta: 0 }],
              guard: { type: 'toldFrom', position },
              told: { asOf, by: 'x', difference: 1 },
            },
          ],
        });
      expect(await tell(undefined, AT)).toMatchObject({ refusal: { guardFailed: [mug] } });
      expect(await tell({ onHand: 3, asOf: undefined }, AT)).toMatchObject({ ok: false });
      expect(await tell({ onHand: 2, asOf: undefined }, AT)).toEqual({ ok: true });
      expect(await tell({ onHand: 3, asOf: undefined }, LATER)).toMatchObject({ ok: false });
      expect(await tell({ onHand: 3, asOf: AT }, LATER)).toEqual({ ok: true });
    });
  });

  describe(`the list of counts ${name}`, () => {
    it('keeps one task a cell, moves it by its version, and forgets it when it is closed', async () => {
      const { ledger, countTasks } = await make();
      const task = raiseCountTask(mug, 'drift', AT);
      const write = (expectedVersion: number | undefined, after: typeof task | 'closed') =>
        ledger.commit({ at: AT, changes: [], countTasks: [{ cell: mug, expectedVersion, after }] });
      expect(await write(undefined, task)).toEqual({ ok: true });
      expect(await write(undefined, task)).toMatchObject({ refusal: { moved: ['DC#MUG'] } });
      expect(await countTasks.find(mug)).toEqual(task);
      const page = { limit: 1, cursor: undefined };
      expect((await countTasks.list(undefined, page)).items).toEqual([task]);
      expect((await countTasks.list(DC, page)).items).toEqual([task]);
      expect((await countTasks.list(aNode('D'), page)).items).toEqual([]);
      expect(await write(2, 'closed')).toMatchObject({ ok: false });
      expect(await write(1, 'closed')).toEqual({ ok: true });
      expect(await countTasks.find(mug)).toBeUndefined();
    });
  });
};
