import { aCell, aNode } from '../../support/inventory/builders.ts';
import { FEEDER, makeFeedHouse } from '../../support/inventory/feed-house.ts';

const NOON = Date.parse('2026-11-23T12:00:00.000Z');
const ago = (minutes: number, nowMs = NOON): string => new Date(nowMs - minutes * 60_000).toISOString();
const NODE_KEY = { type: 'node', name: 'key store', nodeId: aNode('STORE') } as const;

const house = () => {
  let nowMs = NOON;
  const it = makeFeedHouse(() => new Date((nowMs += 5)).toISOString());
  return { ...it, wait: (minutes: number) => void (nowMs += minutes * 60_000) };
};

describe('a snapshot', () => {
  it('opens cells, leaves unknown figures alone, and names every row that it cannot take', async () => {
    const it = house();
    const text = [
      'sku,nodeId,onHand',
      'MUG,DC,5',
      'CUP,DC,',
      'HAT,DC,1',
      'MUG,MOON,1',
      'MUG,STORE,1.5',
      'CUP,STORE,-2',
      'MUG,DC,9',
      ',STORE,1',
    ].join('\n');
    const feed = await it.send({ sequence: 1, asOf: ago(60) }, text);
    expect(feed.tally).toMatchObject({ applied: 1, unknown: 1, rejected: 6, driftedCells: 0 });
    expect((await it.notes(feed.feedId)).map(({ row, reason }) => [row, reason]).sort()).toEqual([
      [4, 'unknown SKU HAT'],
      [5, 'unknown node MOON'],
      [6, 'onHand: 1.5 is not a whole number'],
      [7, 'onHand: -2 is negative'],
      [8, 'MUG at DC is in row 2 already'],
      [9, 'sku: is not a SKU'],
    ]);
    expect(await it.onHand()).toBe(5);
    expect(await it.onHand('CUP')).toBeUndefined();
  });

  it('reads JSON as it reads CSV: null is unknown, a fraction is refused', async () => {
    const it = house();
    const rows = [
      { sku: 'MUG', onHand: 4 },
      { sku: 'CUP', onHand: null },
      { sku: 'CUP', onHand: 2.5 },
    ];
    const feed = await it.send({ sequence: 1, nodeId: 'DC', asOf: ago(60) }, JSON.stringify({ rows }));
    expect(feed.tally).toMatchObject({ applied: 1, unknown: 1, rejected: 1 });
  });

  it('explains its correction in the history: document, before and after', async () => {
    const it = house();
    await it.send({ sequence: 1, nodeId: 'DC', asOf: ago(90) }, 'sku,onHand\nMUG,50');
    await it.send({ sequence: 2, nodeId: 'DC', asOf: ago(60) }, 'sku,onHand\nMUG,48');
    const { items } = await it.history.listMovements(aCell('MUG', 'DC'), { limit: 1, cursor: undefined });
    expect(items).toMatchObject([
      { kind: 'snapshot', onHandDelta: -2, onHandAfter: 48, document: 'stock.2.DC', asOf: ago(60), reason: '48 told, 50 expected: -2' },
    ]); // prettier-ignore
  });

  it('writes nothing on a cell that it confirms, and knows later that it did', async () => {
    const it = house();
    await it.send({ sequence: 1, nodeId: 'DC', asOf: ago(90) }, 'sku,onHand\nMUG,50');
    await it.send({ sequence: 3, nodeId: 'DC', asOf: ago(30) }, 'sku,onHand\nMUG,50');
    expect((await it.ledger.findPositions([aCell('MUG', 'DC')]))[0]).toMatchObject({ version: 1 });
    const late = await it.send({ sequence: 2, nodeId: 'DC', asOf: ago(60) }, 'sku,onHand\nMUG,70');
    expect(late.tally).toMatchObject({ stale: 1, applied: 0 });
    const delta = { kind: 'delta' as const, sequence: 4, nodeId: 'DC', asOf: ago(45) };
    expect((await it.send(delta, 'sku,change\nMUG,3')).tally).toMatchObject({ stale: 1 });
  });

  it('is stale against a count at the shelf that is newer', async () => {
    const it = house();
    await it.setOnHand({ cell: aCell('MUG', 'DC'), key: 'c', onHand: 7, reason: 'count' }, FEEDER);
    expect((await it.send({ sequence: 1, nodeId: 'DC', asOf: ago(60) }, 'sku,onHand\nMUG,9')).tally).toMatchObject({ stale: 1 }); // prettier-ignore
  });

  it('ends the same when a piece comes again, or was cut off half way', async () => {
    const it = house();
    const header = {
      kind: 'snapshot' as const,
      stream: 'stock',
      sequence: 1,
      nodeId: undefined,
      asOf: ago(60),
    };
    const opened = await it.openFeed(header, FEEDER);
    const feedId = opened.ok ? opened.value.feedId : '';
    const text = 'sku,nodeId,onHand\nMUG,DC,5\nCUP,DC,6';
    await it.takeChunk({ feedId, chunk: 1, firstRow: 2, text }, FEEDER);
    const { finish } = it.feeds;
    const broken = { ...it.feeds, finish: async () => Promise.reject(new Error('cut off')) };
    Object.assign(it.feeds, broken);
    await expect(it.applyPiece({ feedId, chunk: 1, nodeId: aNode('DC') })).rejects.toThrow('cut off');
    Object.assign(it.feeds, { finish });
    await it.work(2);
    expect((await it.feeds.find(feedId))?.tally).toMatchObject({ applied: 2, driftedCells: 0 });
    expect((await it.feeds.find(feedId))?.piecesApplied).toBe(1);
    const { items } = await it.history.listMovements(aCell('MUG', 'DC'), { limit: 9, cursor: undefined });
    expect(items).toHaveLength(1);
  });
});

describe('a delta', () => {
  it('is applied once, row by row, and refused where it takes what is not there', async () => {
    const it = house();
    const about = { kind: 'delta' as const, sequence: 1, nodeId: 'DC', asOf: ago(10) };
    const text = 'sku,change\nMUG,+5\nMUG,-2\nCUP,-1\nMUG,1e3\nMUG,0\nMUG,-999999999';
    const feed = await it.send(about, text);
    expect(feed.tally).toMatchObject({ applied: 2, rejected: 3, unchanged: 1 });
    expect(await it.send(about, text)).toEqual(feed);
    expect(await it.onHand()).toBe(3);
    expect((await it.notes(feed.feedId)).map(({ row, reason }) => [row, reason])).toEqual([
      [4, 'takes 1 units of 0 on hand'],
      [5, 'change: 1e3 is not a whole number'],
      [7, 'change: -999999999 is too large'],
    ]);
  });
});

describe('a feed', () => {
  it('is one feed by stream, sequence and node, and says the same of itself each time', async () => {
    const it = house();
    const header = {
      kind: 'snapshot' as const,
      stream: 'stock',
      sequence: 1,
      nodeId: aNode('DC'),
      asOf: ago(60),
    };
    expect(await it.openFeed(header, FEEDER)).toMatchObject({ value: { feedId: 'stock.1.DC' } });
    expect(await it.openFeed(header, FEEDER)).toMatchObject({ ok: true });
    const refusal = async (over: object, actor: typeof FEEDER | typeof NODE_KEY = FEEDER) => {
      const opened = await it.openFeed({ ...header, ...over }, actor);
      return opened.ok ? undefined : opened.refusal.type;
    };
    expect(await refusal({ kind: 'delta' })).toBe('differentFeed');
    expect(await refusal({ sequence: 2, asOf: ago(-10) })).toBe('liesInTheFuture');
    expect(await refusal({ sequence: 2, asOf: ago(60 * 24 * 31) })).toBe('isTooOld');
    expect(await refusal({ sequence: 2, nodeId: aNode('MOON') })).toBe('unknownNode');
    expect(await refusal({ sequence: 2 }, NODE_KEY)).toBe('notYourNode');
    expect(await refusal({ sequence: 2, nodeId: undefined }, NODE_KEY)).toBe('notYourNode');
  });

  it('takes each chunk once, and none when it is closed', async () => {
    const it = house();
    const header = {
      kind: 'snapshot' as const,
      stream: 'stock',
      sequence: 1,
      nodeId: aNode('DC'),
      asOf: ago(60),
    };
    const opened = await it.openFeed(header, FEEDER);
    const feedId = opened.ok ? opened.value.feedId : '';
    const take = async (chunk: number, text: string, id = feedId) => {
      const taken = await it.takeChunk({ feedId: id, chunk, firstRow: 2, text }, FEEDER);
      return taken.ok ? 'taken' : taken.refusal.type;
    };
    const many = ['sku,onHand', ...Array.from({ length: 501 }, (_, index) => `S${index},1`)].join('\n');
    expect(await take(1, 'sku,onHand\nMUG,1')).toBe('taken');
    expect(await take(1, 'sku,onHand\nMUG,1')).toBe('taken');
    expect(await take(1, 'sku,onHand\nMUG,2')).toBe('different');
    expect(await take(2, 'sku\nMUG')).toBe('unreadable');
    expect(await take(2, many)).toBe('unreadable');
    expect(await take(2, '{"rows":1}')).toBe('unreadable');
    expect(await take(1, 'sku,onHand\nMUG,1', 'stock.9')).toBe('unknownFeed');
    expect(await it.closeFeed(feedId, 2, FEEDER)).toMatchObject({
      refusal: { type: 'chunksMissing', chunks: 1 },
    });
    expect(await it.closeFeed(feedId, 1, FEEDER)).toMatchObject({ ok: true });
    expect(await it.closeFeed(feedId, 1, FEEDER)).toMatchObject({ ok: true });
    expect(await take(2, 'sku,onHand\nCUP,1')).toBe('closed');
    expect(await take(1, 'sku,onHand\nMUG,1')).toBe('taken');
  });

  it('costs a record that is no CSV its own row only', async () => {
    const it = house();
    const feed = await it.send({ sequence: 1, nodeId: 'DC', asOf: ago(60) }, 'sku,onHand\n"MU"G,5\nCUP,6');
    expect(feed.tally).toMatchObject({ applied: 1, rejected: 1 });
    expect(await it.onHand('CUP')).toBe(6);
  });
});

describe('a cell that drifts', () => {
  const SECOND = { type: 'operator', name: 'key second' } as const;
  const mug = aCell('MUG', 'DC');

  const drifted = async () => {
    const it = house();
    await it.send({ sequence: 1, nodeId: 'DC', asOf: ago(90) }, 'sku,onHand\nMUG,50');
    const feed = await it.send({ sequence: 2, nodeId: 'DC', asOf: ago(60) }, 'sku,onHand\nMUG,20');
    return { it, feed };
  };

  it('is frozen, and somebody is asked to count it', async () => {
    const { it, feed } = await drifted();
    expect(feed.tally).toMatchObject({ driftedCells: 1, driftedUnits: 30, frozenCells: 1 });
    expect(await it.ledger.findPositions([mug])).toMatchObject([{ onHand: 20, frozen: { reason: 'drift 0.60' } }]);
    expect(await it.countTasks.find(mug)).toMatchObject({ status: 'open', reason: '20 told, 50 expected: -30' });
    expect((await it.drift.list(aNode('DC'), { limit: 9, cursor: undefined })).items).toMatchObject([{ sku: 'MUG', score: 0.6, difference: -30 }]);
  }); // prettier-ignore

  it('is thawed by a count near the books, in one step with the correction', async () => {
    const { it } = await drifted();
    expect(await it.submitCount(mug, 21, FEEDER)).toEqual({ ok: true, value: { outcome: 'applied' } });
    const [position] = await it.ledger.findPositions([mug]);
    expect(position).toMatchObject({ onHand: 21 });
    expect(position).not.toHaveProperty('frozen');
    expect(await it.countTasks.find(mug)).toBeUndefined();
    expect(await it.submitCount(mug, 21, FEEDER)).toMatchObject({ refusal: { type: 'noTask' } });
  });

  it('begins anew with a count: the next unit that is off does not freeze it again', async () => {
    const { it } = await drifted();
    await it.submitCount(mug, 20, FEEDER);
    it.wait(60);
    const next = await it.send({ sequence: 3, nodeId: 'DC', asOf: ago(-30) }, 'sku,onHand\nMUG,19');
    expect(next.tally).toMatchObject({ driftedCells: 1, frozenCells: 0 });
    const { items } = await it.drift.list(aNode('DC'), { limit: 9, cursor: undefined });
    expect(items).toMatchObject([{ sku: 'MUG', score: 0.05, difference: -1 }]);
  });

  it('waits for a second person when the count is far from the books; what moved since stays moved', async () => {
    const { it } = await drifted();
    expect(await it.submitCount(mug, 45, FEEDER)).toMatchObject({ value: { outcome: 'review' } });
    expect(await it.approveCount(mug, FEEDER)).toMatchObject({ refusal: { type: 'notASecondPerson' } });
    await it.receive({ cell: mug, key: 'asn', quantity: 4 }, FEEDER);
    expect(await it.approveCount(mug, SECOND)).toEqual({ ok: true, value: { outcome: 'applied' } });
    expect(await it.onHand()).toBe(49);
  });

  it('is counted again when the figure is rejected', async () => {
    const { it } = await drifted();
    expect(await it.rejectCount(mug, 'no', SECOND)).toMatchObject({ refusal: { type: 'nothingToReview' } });
    await it.submitCount(mug, 45, FEEDER);
    expect(await it.rejectCount(mug, 'count the mezzanine too', SECOND)).toMatchObject({
      value: {
        outcome: 'recount',
        task: { status: 'open', rejection: { reason: 'count the mezzanine too' } },
      },
    });
    expect(await it.approveCount(mug, SECOND)).toMatchObject({ refusal: { type: 'nothingToReview' } });
    expect(await it.submitCount(mug, 20, NODE_KEY)).toMatchObject({ refusal: { type: 'notYourNode' } });
  });
});

describe('a page of a list', () => {
  it('is refused behind what another list ended with', async () => {
    const it = house();
    const at = aCell('MUG', 'DC');
    for (const key of ['a', 'b']) await it.receive({ cell: at, key, quantity: 1 }, FEEDER);
    const { cursor } = await it.history.listMovements(at, { limit: 1, cursor: undefined });
    expect((await it.history.listMovements(at, { limit: 1, cursor })).items).toHaveLength(1);
    const page = { limit: 1, cursor };
    for (const list of [
      () => it.history.listMovements(aCell('CUP', 'DC'), page),
      () => it.history.listMovements(aCell('MUG', 'STORE'), page),
      () => it.countTasks.list(undefined, page),
      () => it.drift.list(aNode('DC'), page),
    ])
      await expect(list()).rejects.toThrow('not a cursor of this list');
  });
});
