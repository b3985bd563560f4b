import { makeDynamoDemandRates } from '../../../shared/sourcing/adapters/dynamo-demand-rates.ts';
import { readDemandRateRows } from '../../../shared/sourcing/adapters/csv-demand-rates.ts';
import { makeKeptDemandRates } from '../../../shared/sourcing/adapters/kept-demand-rates.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';

const rate = (nodeId: string, units: number, sku = 'MUG') => ({ sku, nodeId, units });
const rates = () =>
  makeDynamoDemandRates({ client: memoryClient(new MemoryDynamo()), tableName: 'sourcing' });
const [EARLY, LATE] = ['2026-11-23T09:00:00.000Z', '2026-11-23T10:00:00.000Z'];

describe('expected demand in the table', () => {
  it('lies by product, and is replaced node by node', async () => {
    const store = rates();
    await store.save([rate('BOS', 4), rate('CHI', 2.5), rate('BOS', 9, 'TEA')], EARLY);
    await store.save([rate('CHI', 0)], LATE);
    expect(await store.listOfSku('MUG')).toEqual([rate('BOS', 4), rate('CHI', 0)]);
    expect(await store.listOfSku('NONE')).toEqual([]);
  });

  it('stays as it was said last, whatever arrives last', async () => {
    const store = rates();
    await store.save([rate('BOS', 4)], LATE);
    await store.save([rate('BOS', 1)], EARLY);
    expect(await store.listOfSku('MUG')).toEqual([rate('BOS', 4)]);
  });
});

describe('expected demand in memory', () => {
  it('is read once a product, until it is forgotten', async () => {
    let now = 0;
    const asked: string[] = [];
    const kept = makeKeptDemandRates(
      {
        listOfSku: async (sku) => {
          asked.push(sku);
          return [rate('BOS', 4, sku)];
        },
      },
      () => now,
    );
    await kept(['MUG']);
    expect(await kept(['MUG', 'TEA'])).toEqual([rate('BOS', 4), rate('BOS', 4, 'TEA')]);
    expect(asked).toEqual(['MUG', 'TEA']);
    now = 600_000;
    await kept(['MUG']);
    expect(asked).toEqual(['MUG', 'TEA', 'MUG']);
  });
});

describe('expected demand from CSV', () => {
  it('takes numbers of 0 or more, and names what else there is', () => {
    const rows = readDemandRateRows(
      'sku,nodeId,unitsPerWeek\nMUG,BOS,4.5\nMUG,CHI,-1\nMUG,,1\nMUG,SEA,1e9\n',
    );
    expect(rows).toMatchObject({
      value: [
        { row: 2, entry: { value: rate('BOS', 4.5) } },
        { row: 3, entry: { refusal: 'unitsPerWeek: is not a number of 0 or more' } },
        { row: 4, entry: { refusal: 'nodeId: is not a node id' } },
        { row: 5, entry: { ok: false } },
      ],
    });
    expect(readDemandRateRows('sku,nodeId\nMUG,BOS\n')).toMatchObject({
      refusal: 'missing columns: unitsPerWeek',
    });
  });
});
