import { judgeReorderPoint } from '../../../shared/inventory/domain/reorder-point.ts';
import type { ReorderPoints, Shelves } from '../../../shared/inventory/application/stock-watch-ports.ts';
import type { StockLedger } from '../../../shared/inventory/application/ports.ts';
import { aCell, anArrival } from './builders.ts';

export type StockWatch = {
  readonly ledger: Pick<StockLedger, 'commit'>;
  readonly points: ReorderPoints;
  readonly shelves: Shelves;
};

const AT = '2026-11-25T10:00:00.000Z';
const mug = aCell('MUG', 'DC');
const net = { free: 3, inbound: 2 };

/** What the keepers of reorder points and shelves do, whatever they are made of. */
export const describeStockWatch = (name: string, make: () => Promise<StockWatch>): void => {
  describe(`reorder points: ${name}`, () => {
    const crossed = judgeReorderPoint(mug, undefined, net, { reorderPoint: 9 });

    it('are found as they were saved, and each version is saved once', async () => {
      const { ledger, points } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 3)] });
      if (crossed === undefined) throw new Error('a point above the net position is crossed');
      expect(await points.find(mug)).toBeUndefined();
      expect(await points.save(crossed, net, AT)).toBe(true);
      expect(await points.save(crossed, net, AT)).toBe(false);
      expect(await points.find(mug)).toEqual(crossed.after);
      const lifted = judgeReorderPoint(mug, crossed.after, net, { reorderPoint: undefined });
      if (lifted === undefined) throw new Error('a point that is lifted changes');
      expect(await points.save(lifted, net, AT)).toBe(true);
      expect(await points.find(mug)).toEqual(lifted.after);
    });

    it('are refused where there is no position to carry the level', async () => {
      const { points } = await make();
      if (crossed === undefined) throw new Error('a point above the net position is crossed');
      expect(await points.save(crossed, net, AT)).toBe(false);
      expect(await points.find(mug)).toBeUndefined();
    });
  });

  describe(`shelves: ${name}`, () => {
    const empty = { sku: mug.sku, isInStock: false, stockVersion: 2, returns: 0 };
    const full = { sku: mug.sku, isInStock: true, stockVersion: 5, returns: 1 };

    it('are found as they were saved', async () => {
      const { shelves } = await make();
      expect(await shelves.find(mug.sku)).toBeUndefined();
      expect(await shelves.save(empty, undefined, undefined, AT)).toBe(true);
      expect(await shelves.find(mug.sku)).toEqual(empty);
      expect(await shelves.save(full, empty, { available: 3 }, AT)).toBe(true);
      expect(await shelves.find(mug.sku)).toEqual(full);
    });

    it('take one of two who saw the same', async () => {
      const { shelves } = await make();
      await shelves.save(empty, undefined, undefined, AT);
      const both = await Promise.all([
        shelves.save(full, empty, { available: 3 }, AT),
        shelves.save(full, empty, { available: 3 }, AT),
      ]);
      expect(both.filter((isSaved) => isSaved)).toHaveLength(1);
    });
  });
};
