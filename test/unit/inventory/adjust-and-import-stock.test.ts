import { readStockRows } from '../../../shared/inventory/adapters/csv-stock-rows.ts';
import { moveOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import {
  makeMoveStock,
  makeReceiveStock,
  makeSetOnHand,
} from '../../../shared/inventory/application/adjust-stock.ts';
import { makeImportStock } from '../../../shared/inventory/application/import-stock.ts';
import type { Actor } from '../../../shared/inventory/domain/actor.ts';
import { aCell, aClock, aNode } from '../../support/inventory/builders.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

const OPERATOR: Actor = { type: 'operator', name: 'key ops' };
const mug = aCell('MUG', 'DC');

const house = () => {
  const { ledger, history } = makeInMemoryStock();
  const skus = new Set<string>(['MUG', 'CUP']);
  const nodes = new Set<string>(['DC', 'STORE']);
  const deps = {
    ledger,
    now: aClock(),
    catalogue: { knownSkus: async (asked: readonly (typeof mug.sku)[]) => new Set(asked.filter((sku) => skus.has(sku))) },
    network: { knownNodes: async (asked: readonly (typeof mug.nodeId)[]) => new Set(asked.filter((id) => nodes.has(id))) },
  }; // prettier-ignore
  return {
    ledger,
    history,
    receive: makeReceiveStock(deps),
    setOnHand: makeSetOnHand(deps),
    move: makeMoveStock(deps),
    importStock: makeImportStock(deps),
  };
};

const rowsOf = (csv: string) => {
  const rows = readStockRows(csv);
  if (!rows.ok) throw new Error(rows.refusal);
  return rows.value;
};

describe('receiving stock', () => {
  it('adds the units once under a key', async () => {
    const { receive } = house();
    await receive({ cell: mug, key: 'asn-1', quantity: 4 }, OPERATOR);
    expect(await receive({ cell: mug, key: 'asn-1', quantity: 4 }, OPERATOR)).toMatchObject({
      value: { onHand: 4, version: 1 },
    });
  });

  it('refuses a SKU or node that nobody knows, and a node that speaks for another', async () => {
    const { receive } = house();
    const take = (sku: string, nodeId: string, actor: Actor = OPERATOR) =>
      receive({ cell: aCell(sku, nodeId), key: 'k', quantity: 1 }, actor);
    expect(await take('HAT', 'DC')).toEqual({ ok: false, refusal: { type: 'unknownSku' } });
    expect(await take('MUG', 'MOON')).toEqual({ ok: false, refusal: { type: 'unknownNode' } });
    expect(await take('MUG', 'DC', { type: 'node', name: 'key s', nodeId: aNode('STORE') })).toEqual({
      ok: false,
      refusal: { type: 'notYourNode' },
    });
  });
});

describe('counting stock', () => {
  it('moves on hand to the counted figure and keeps the movement', async () => {
    const { setOnHand, receive, history } = house();
    await receive({ cell: mug, key: 'asn-1', quantity: 4 }, OPERATOR);
    const counted = { cell: mug, key: 'c1', onHand: 3, safetyStock: 1, reason: 'cycle count' };
    expect(await setOnHand(counted, OPERATOR)).toMatchObject({ value: { onHand: 3, safetyStock: 1 } });
    expect(await setOnHand({ ...counted, onHand: 9 }, OPERATOR)).toMatchObject({ value: { onHand: 3 } });
    expect((await history.listMovements(mug, { limit: 1, cursor: undefined })).items).toMatchObject([
      { kind: 'count', onHandDelta: -1, onHandAfter: 3, actor: 'key ops', reason: 'cycle count' },
    ]);
  });

  it('keeps the safety stock when none is named', async () => {
    const { setOnHand } = house();
    await setOnHand({ cell: mug, key: 'c1', onHand: 3, safetyStock: 2, reason: 'count' }, OPERATOR);
    expect(await setOnHand({ cell: mug, key: 'c2', onHand: 8, reason: 'count' }, OPERATOR)).toMatchObject({
      value: { onHand: 8, safetyStock: 2, version: 2 },
    });
  });
});

describe('a safety stock', () => {
  it('is set without a count: on hand stays what it is by then', async () => {
    const { setOnHand, receive, history } = house();
    await receive({ cell: mug, key: 'asn-1', quantity: 4 }, OPERATOR);
    const kept = { cell: mug, key: 's1', safetyStock: 3 };
    expect(await setOnHand(kept, OPERATOR)).toMatchObject({ value: { onHand: 4, safetyStock: 3 } });
    expect(await setOnHand({ ...kept, safetyStock: 9 }, OPERATOR)).toMatchObject({
      value: { safetyStock: 3 },
    });
    const [movement] = (await history.listMovements(mug, { limit: 1, cursor: undefined })).items;
    expect(movement).toMatchObject({
      kind: 'adjust',
      onHandDelta: 0,
      safetyStockDelta: 3,
      reason: 'safety stock',
    });
    expect(movement).not.toHaveProperty('onHandAfter');
  });

  it('is taken from a file where on hand is not known, and a row that says nothing is left alone', async () => {
    const { importStock, receive, ledger } = house();
    await receive({ cell: mug, key: 'asn-1', quantity: 4 }, OPERATOR);
    const rows = rowsOf('sku,nodeId,onHand,safetyStock\nMUG,DC,,2\nCUP,DC,,');
    expect(await importStock({ key: 'k', rows, dryRun: false, actor: OPERATOR })).toMatchObject({
      accepted: 2,
    });
    expect(await ledger.findPositions([mug, aCell('CUP', 'DC')])).toMatchObject([
      { sku: 'MUG', onHand: 4, safetyStock: 2 },
    ]);
  });
});

describe('moving stock', () => {
  const shelf = async () => {
    const it = house();
    await it.receive({ cell: mug, key: 'asn-1', quantity: 4 }, OPERATOR);
    return it;
  };

  it('puts units back, writes units off and corrects by a difference, each once under its key', async () => {
    const { move, history } = await shelf();
    const bodies = [
      { kind: 'return' as const, key: 'k', quantity: 2, document: 'rma-1' },
      { kind: 'writeOff' as const, key: 'k', quantity: 3, reason: 'broken' },
      { kind: 'adjust' as const, key: 'k', difference: -1, reason: 'found elsewhere' },
    ];
    for (const body of [...bodies, ...bodies]) await move(moveOf(mug, body), OPERATOR);
    const { items } = await history.listMovements(mug, { limit: 10, cursor: undefined });
    expect(items.map(({ kind, onHandDelta, reason }) => [kind, onHandDelta, reason])).toEqual([
      ['adjust', -1, 'found elsewhere'],
      ['writeOff', -3, 'broken'],
      ['return', 2, undefined],
      ['receive', 4, undefined],
    ]);
  });

  it('refuses to take away what is not on hand', async () => {
    const { move } = await shelf();
    const body = { kind: 'writeOff' as const, key: 'k', quantity: 5, reason: 'lost' };
    expect(await move(moveOf(mug, body), OPERATOR)).toEqual({
      ok: false,
      refusal: { type: 'notThatManyOnHand', onHand: 4 },
    });
  });
});

describe('importing stock', () => {
  const FILE = [
    'sku,nodeId,onHand,safetyStock',
    'MUG,DC,5,1',
    'CUP,DC,,',
    'CUP,STORE,1.5,',
    'CUP,STORE,-2,',
    'HAT,DC,3,',
    'MUG,MOON,3,',
    'MUG,DC,7,',
    'MUG,STORE,0,',
  ].join('\n');
  const REJECTED = [
    { row: 4, reason: 'onHand: 1.5 is not a whole number' },
    { row: 5, reason: 'onHand: -2 is negative' },
    { row: 6, reason: 'unknown SKU HAT' },
    { row: 7, reason: 'unknown node MOON' },
    { row: 8, reason: 'MUG at DC is in row 2 already' },
  ];

  it('applies the good rows and names the bad ones; a blank on hand is unknown, not zero', async () => {
    const { importStock, receive, ledger } = house();
    await receive({ cell: aCell('CUP', 'DC'), key: 'asn', quantity: 9 }, OPERATOR);
    const command = { key: 'monday', rows: rowsOf(FILE), dryRun: false, actor: OPERATOR };
    expect(await importStock(command)).toEqual({ dryRun: false, accepted: 3, rejected: REJECTED });
    expect(await ledger.listPositions(mug.sku)).toMatchObject([
      { nodeId: 'DC', onHand: 5, safetyStock: 1 },
      { nodeId: 'STORE', onHand: 0 },
    ]);
    expect(await ledger.findPositions([aCell('CUP', 'DC')])).toMatchObject([{ onHand: 9 }]);
  });

  it('writes nothing in a dry run', async () => {
    const { importStock, ledger } = house();
    const outcome = await importStock({ key: 'k', rows: rowsOf(FILE), dryRun: true, actor: OPERATOR });
    expect(outcome).toEqual({ dryRun: true, accepted: 3, rejected: REJECTED });
    expect(await ledger.listPositions(mug.sku)).toEqual([]);
  });

  it('has its effect once under a key', async () => {
    const { importStock, receive, ledger } = house();
    const command = { key: 'monday', rows: rowsOf(FILE), dryRun: false, actor: OPERATOR };
    await importStock(command);
    await receive({ cell: mug, key: 'asn', quantity: 2 }, OPERATOR);
    await importStock(command);
    expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 7 }]);
  });

  it('refuses a file without its columns', () => {
    expect(readStockRows('sku,onHand\nMUG,1')).toEqual({ ok: false, refusal: 'missing columns: nodeId' });
  });
});
