import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { feedHeaderOf, makeS3DroppedFiles } from '../../../shared/inventory/adapters/s3-feed-files.ts';
import { makeCutDroppedFile, type Bookmark } from '../../../shared/inventory/application/cut-dropped-file.ts';
import { makeFeedHouse } from '../../support/inventory/feed-house.ts';

const KEY = 'drop/DC/snapshot/stock.7.20261123T093000Z.csv';
const NOW = '2026-11-23T10:00:00.000Z';

/** One object, read by ranges; `send` is all that is used of a client. */
const bucketWith = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  const send = async (command: unknown) => {
    if (!(command instanceof GetObjectCommand)) return { ContentLength: bytes.length };
    const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(command.input.Range ?? '') ?? [];
    const part = bytes.slice(Number(from), Number(to) + 1);
    return { Body: { transformToByteArray: async () => part } };
  };
  return { client: { send } as unknown as S3Client, bucket: 'feeds' };
};

const house = (text: string, partBytes?: number) => {
  const it = makeFeedHouse(() => NOW, { skus: Array.from({ length: 2_000 }, (_, index) => `S${index}`) });
  const later: Bookmark[] = [];
  const cut = makeCutDroppedFile({
    files: makeS3DroppedFiles(bucketWith(text), partBytes),
    headerOf: feedHeaderOf,
    openFeed: it.openFeed,
    takeChunk: it.takeChunk,
    closeFeed: it.closeFeed,
    feeds: it.feeds,
    goOnLater: async (_key, next) => void later.push(next),
    now: () => NOW,
  });
  return { ...it, cut, later };
};

const fileOf = (rows: number): string =>
  [
    'sku,onHand',
    ...Array.from({ length: rows }, (_, index) => `S${index},${index === 1_234 ? 'x' : 1}`),
  ].join('\r\n');

describe('the name of a dropped file', () => {
  it('says of which node it is, what, in which sequence and as of when', () => {
    expect(feedHeaderOf(KEY)).toEqual({ kind: 'snapshot', stream: 'stock', sequence: 7, nodeId: 'DC', asOf: '2026-11-23T09:30:00.000Z' });
    expect(feedHeaderOf('drop/delta/zone-a.1.20261123T093000Z.csv')).toMatchObject({ kind: 'delta', nodeId: undefined });
  }); // prettier-ignore

  it.each([
    'drop/DC/snapshot/stock.csv',
    'drop/DC/count/stock.7.20261123T093000Z.csv',
    'drop/DC/snapshot/stock.7.20261345T093000Z.csv',
    'drop/D C/snapshot/stock.7.20261123T093000Z.csv',
    'chunks/stock.7/0000001-abc',
  ])('says nothing when it is %s', (key) => {
    expect(feedHeaderOf(key)).toBeUndefined();
  });
});

describe('a dropped file', () => {
  it('is refused without rows, as a chunk is', async () => {
    for (const text of ['sku,onHand\n', 'SKU,QTY', 'sku,onHand\r\n\r\n']) {
      const it = house(text);
      await it.cut(KEY);
      expect(await it.feeds.find('stock.7.DC')).toMatchObject({ refused: 'there are no rows' });
    }
  });

  it('is cut into chunks whose rows keep their number in the file', async () => {
    const it = house(fileOf(1_300));
    await it.cut(KEY);
    expect(it.later).toEqual([]);
    await it.work();
    expect(await it.feeds.find('stock.7.DC')).toMatchObject({ chunks: 3, rows: 1_300, tally: { applied: 1_299, rejected: 1 } });
    expect(await it.notes('stock.7.DC')).toMatchObject([{ row: 1_236, reason: 'onHand: x is not a whole number' }]);
  }); // prettier-ignore

  it('is read a part at a time, each call leaving the rest to the next, twice without harm', async () => {
    const it = house(fileOf(1_300), 3_000);
    await it.cut(KEY);
    await it.cut(KEY);
    for (let next = it.later.pop(); next !== undefined; next = it.later.pop()) await it.cut(KEY, next);
    await it.work();
    const feed = await it.feeds.find('stock.7.DC');
    expect(feed).toMatchObject({ rows: 1_300, tally: { applied: 1_299, rejected: 1 } });
    expect(feed?.closedAt).toBeDefined();
    expect(await it.notes('stock.7.DC')).toMatchObject([{ row: 1_236 }]);
  });

  it('is a refused feed when it has no header, other columns, or is no text', async () => {
    for (const [text, reason] of [
      ['', 'there is no header'],
      ['name,price\na,1', 'missing columns: sku, onHand'],
    ] as const) {
      const it = house(text);
      await it.cut(KEY);
      expect(await it.feeds.find('stock.7.DC')).toMatchObject({ refused: reason });
    }
  });

  it('fails aloud when nobody can be told: a name that says nothing, another content under a used name', async () => {
    const it = house(fileOf(3));
    await expect(it.cut('drop/DC/snapshot/stock.csv')).rejects.toThrow('does not say');
    await expect(it.cut('drop/MOON/snapshot/stock.7.20261123T093000Z.csv')).rejects.toThrow('unknownNode');
    await it.cut(KEY);
    const other = makeCutDroppedFile({
      files: makeS3DroppedFiles(bucketWith('sku,onHand\nS1,9')),
      headerOf: feedHeaderOf,
      openFeed: it.openFeed,
      takeChunk: it.takeChunk,
      closeFeed: it.closeFeed,
      feeds: it.feeds,
      goOnLater: async () => undefined,
      now: () => NOW,
    });
    await expect(other(KEY)).rejects.toThrow('different');
  });
});
