import { makeDynamoReorderPoints } from '../../../shared/inventory/adapters/dynamo-reorder-points.ts';
import { makeDynamoShelves } from '../../../shared/inventory/adapters/dynamo-shelves.ts';
import { makeWatchStockChanges } from '../../../shared/inventory/adapters/watch-stock-changes.ts';
import { aCell } from '../../support/inventory/builders.ts';
import { makeWatchedStock } from '../../support/inventory/watched-stock.ts';

const mug = aCell('MUG', 'DC');
const inStore = aCell('MUG', 'STORE');

describe('back in stock', () => {
  it('is said once when availability has risen from nothing', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 3);
    await stock.move(mug, -3);
    await stock.move(mug, 2);
    await stock.move(mug, 1);
    expect(stock.facts()).toEqual([{ detailType: 'BackInStock.v1', sku: 'MUG', available: 2, returns: 1 }]);
  });

  it('counts all nodes together: it is not gone while one has some', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 3);
    await stock.move(inStore, 3);
    await stock.move(mug, -3);
    await stock.move(mug, 3);
    expect(stock.facts()).toEqual([]);
    await stock.move(mug, -3);
    await stock.move(inStore, -3);
    await stock.move(aCell('MUG', 'NEW'), 1);
    expect(stock.facts()).toMatchObject([{ available: 1, returns: 1 }]);
  });

  it('is not said of units that arrive for claims: they are on hand and not available', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 3);
    await stock.claim(mug, 3);
    await stock.take(mug, 2);
    await stock.move(mug, 2);
    expect(stock.facts()).toEqual([]);
    await stock.move(mug, 1);
    expect(stock.facts()).toMatchObject([{ detailType: 'BackInStock.v1', available: 1 }]);
  });

  it('is said of a SKU that was first counted as nothing', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 0);
    await stock.move(mug, 4);
    expect(stock.facts()).toMatchObject([{ available: 4, returns: 1 }]);
  });
});

describe('a reorder point', () => {
  it('is crossed once on the way down, and again only after it was above', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 10);
    await stock.setPoint(mug, 5);
    for (const units of [-4, -1, -1, -1]) await stock.move(mug, units);
    expect(stock.crossings()).toEqual([{ available: 5, netPosition: 5, crossing: 1 }]);
    for (const units of [2, -1, +1]) await stock.move(mug, units);
    expect(stock.crossings()).toHaveLength(1);
    await stock.move(mug, 1);
    await stock.move(mug, -1);
    expect(stock.crossings()).toMatchObject([{ crossing: 1 }, { available: 5, crossing: 2 }]);
  });

  it('is crossed at once when it is set above what there is, and not again when it is raised', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 3);
    await stock.setPoint(mug, 5);
    await stock.setPoint(mug, 8);
    await stock.setPoint(mug, 8);
    expect(stock.crossings()).toMatchObject([{ available: 3, crossing: 1 }]);
  });

  it('counts what is inbound', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 10);
    await stock.setPoint(mug, 5);
    await stock.expect(mug, 4);
    await stock.move(mug, -6);
    expect(stock.crossings()).toEqual([]);
    await stock.move(mug, -3);
    expect(stock.crossings()).toEqual([{ available: 1, netPosition: 5, crossing: 1 }]);
  });

  it('is crossed when what was to come does not, and armed by what is to come', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 10);
    await stock.setPoint(mug, 5);
    const callOff = await stock.expect(mug, 4);
    await stock.move(mug, -6);
    await callOff();
    expect(stock.crossings()).toEqual([{ available: 4, netPosition: 4, crossing: 1 }]);
    await stock.move(mug, -1);
    expect(stock.crossings()).toHaveLength(1);
  });

  it('makes up for a shortage first', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 10);
    await stock.claim(mug, 4);
    await stock.setPoint(mug, 1);
    await stock.expect(mug, 3);
    await stock.take(mug, 8);
    expect(stock.crossings()).toEqual([{ available: 0, netPosition: 1, crossing: 1 }]);
  });

  it('says nothing once it is lifted', async () => {
    const stock = makeWatchedStock();
    await stock.move(mug, 10);
    await stock.setPoint(mug, 5);
    await stock.setPoint(mug, undefined);
    await stock.move(mug, -8);
    expect(stock.crossings()).toEqual([]);
  });

  it('is refused where nothing was ever held', async () => {
    const stock = makeWatchedStock();
    expect(await stock.setPoint(mug, 5)).toEqual({ ok: false, refusal: { type: 'neverHeld' } });
  });
});

describe('what a change of stock costs beyond being told', () => {
  it('is nothing for an ordinary claim', async () => {
    const looked: unknown[] = [];
    const watch = makeWatchStockChanges({
      watchShelf: async (sku) => void looked.push(sku),
      watchReorderPoint: async (cell) => void looked.push(cell),
    });
    const image = (reserved: number, version: number) => ({
      entity: 'position', sku: 'MUG', nodeId: 'DC', onHand: 50, reserved, safetyStock: 0,
      freeUnits: 50 - reserved, version, reorderAt: 20,
    }); // prettier-ignore
    await watch([{ name: 'MODIFY', before: image(0, 1), after: image(3, 2) }]);
    expect(looked).toEqual([]);
    await watch([{ name: 'MODIFY', before: image(0, 1), after: image(30, 2) }]);
    expect(looked).toEqual([{ sku: 'MUG', nodeId: 'DC' }]);
  });
});

describe('those who look at the same time', () => {
  it('say a return and a crossing once', async () => {
    const stock = makeWatchedStock({ looksAtOnce: 5 });
    await stock.move(mug, 9);
    await stock.setPoint(mug, 5);
    for (const units of [-9, 9, -9, 9]) await stock.move(mug, units);
    expect(stock.crossings().map(({ crossing }) => crossing)).toEqual([1, 2]);
    expect(stock.facts().filter(({ detailType }) => detailType === 'BackInStock.v1')).toHaveLength(2);
  });

  it('are refused by the version when they are late', async () => {
    const { table, net } = makeWatchedStock();
    const points = makeDynamoReorderPoints(table);
    const shelves = makeDynamoShelves(table);
    const shelf = { sku: mug.sku, isInStock: false, stockVersion: 2, returns: 0 };
    expect(await shelves.save(shelf, undefined, undefined, net.at)).toBe(true);
    expect(await shelves.save(shelf, undefined, undefined, net.at)).toBe(false);
    expect(await shelves.find(mug.sku)).toEqual(shelf);
    expect(await points.find(mug)).toBeUndefined();
  });
});
