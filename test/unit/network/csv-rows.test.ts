import { readItemRows, readNodeRows } from '../../../shared/network/adapters/csv-rows.ts';
import { makeImportRows } from '../../../shared/platform/import-rows.ts';
import type { Item } from '../../../shared/network/domain/item.ts';
import { makeMemoryNetwork } from '../../support/network/memory-network.ts';

const importItems = async (text: string, dryRun = false) => {
  const network = makeMemoryNetwork();
  const rows = readItemRows(text);
  if (!rows.ok) throw new Error(rows.refusal);
  const run = makeImportRows<Item>({
    save: network.saveItems,
    keyOf: (item) => item.sku,
    now: () => '2026-11-23T00:00:00.000Z',
  });
  return { network, outcome: await run({ rows: rows.value, dryRun }) };
};

describe('import of items', () => {
  it('takes the good rows and names the bad ones by row and reason', async () => {
    const { network, outcome } = await importItems(
      [
        'sku,title,weightGrams,price,currency',
        'A,Mug,350,9.90,USD',
        'B,Plate,1.5,,',
        'C,Bowl,200,abc,USD',
        'A,Mug again,1,,',
      ].join('\n'),
    );

    expect(outcome.accepted).toBe(1);
    expect(outcome.rejected).toEqual([
      { row: 3, reason: expect.stringContaining('weightGrams') as string },
      { row: 4, reason: 'price: is not an amount' },
      { row: 5, reason: 'A is in row 2 already' },
    ]);
    expect((await network.listItems({ limit: 10, cursor: undefined })).items).toEqual([
      expect.objectContaining({ sku: 'A', price: { currency: 'USD', minor: 990 } }),
    ]);
  });

  it('writes nothing on a dry run', async () => {
    const { network, outcome } = await importItems('sku,title\nA,Mug', true);
    expect(outcome).toEqual({ dryRun: true, accepted: 1, rejected: [] });
    expect(network.facts).toEqual([]);
  });
});

describe('a file of nodes', () => {
  it('is read with quotes, a byte order mark and blanks around cells', () => {
    const rows = readNodeRows('\ufeffnodeId,name,type,perUnitCost\nS1,"Store, downtown", store ,115\n');
    expect(rows).toMatchObject({
      ok: true,
      value: [
        {
          row: 2,
          entry: { ok: true, value: { name: 'Store, downtown', type: 'store', costs: { perUnit: 115 } } },
        },
      ],
    });
  });

  it('says what nodes can do and when they ship, in words apart by blanks', () => {
    const rows = readNodeRows(
      [
        'nodeId,name,type,capabilities,timeZone,workingDays,closedDates,cutOff',
        'D1,Depot,warehouse,ship cold,America/New_York,mon tue,2026-12-25,14:00',
        'D2,Depot,warehouse,,,,,14:00',
        'D3,Depot,warehouse,,Mars/Olympus,,,24:00',
      ].join('\n'),
    );
    if (!rows.ok) throw new Error(rows.refusal);
    expect(rows.value.map(({ entry }) => (entry.ok ? entry.value : entry.refusal))).toEqual([
      expect.objectContaining({
        capabilities: ['ship', 'cold'],
        calendar: {
          timeZone: 'America/New_York',
          workingDays: ['mon', 'tue'],
          closedDates: ['2026-12-25'],
          cutOff: '14:00',
          handlingDays: 0,
        },
      }),
      expect.stringContaining('calendar.timeZone'),
      expect.stringMatching(/calendar.timeZone: is not an IANA time zone.*calendar.cutOff/),
    ]);
  });

  it('is refused as a whole when a column is missing', () => {
    expect(readNodeRows('nodeId,type\nS1,store')).toEqual({ ok: false, refusal: 'missing columns: name' });
  });
});
