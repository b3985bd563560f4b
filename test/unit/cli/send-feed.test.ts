import { sendFeed } from '../../../console/cli/feed/send-feed.ts';
import { fakeApi } from '../../support/cli/fake-api.ts';

const ABOUT = {
  kind: 'snapshot',
  stream: 'stock',
  sequence: 7,
  nodeId: 'DC',
  asOf: '2026-11-23T09:30:00.000Z',
} as const;
const file = (rows: number): string => ['sku,onHand', ...Array.from({ length: rows }, (_, index) => `S${index},1`)].join('\n'); // prettier-ignore

describe('sending a feed', () => {
  it('opens it, sends every chunk with the number of its first row, and closes it with their number', async () => {
    const { api, asked } = fakeApi(() => ({ body: { feedId: 'stock.7.DC' } }));
    const progress: number[] = [];
    await sendFeed(api, ABOUT, [file(1_201)], (rows) => progress.push(rows));
    const [opening, ...rest] = asked;
    expect(opening).toMatchObject({ method: 'POST', path: '/v1/feeds', body: JSON.stringify(ABOUT) });
    const chunks = rest.filter(({ method }) => method === 'PUT');
    expect(chunks.map(({ path, query }) => [path, query['firstRow']]).sort()).toEqual([
      ['/v1/feeds/stock.7.DC/chunks/1', '2'],
      ['/v1/feeds/stock.7.DC/chunks/2', '502'],
      ['/v1/feeds/stock.7.DC/chunks/3', '1002'],
    ]);
    for (const { body } of chunks) expect(body.startsWith('sku,onHand\n')).toBe(true);
    expect(asked.at(-1)).toMatchObject({ path: '/v1/feeds/stock.7.DC/close', body: '{"chunks":3}' });
    expect(progress.at(-1)).toBe(1_201);
  });

  it('opens no feed for a file without rows', async () => {
    const { api, asked } = fakeApi(() => ({ body: { feedId: 'stock.7.DC' } }));
    for (const text of ['', '\n', 'sku,onHand\n'])
      await expect(sendFeed(api, ABOUT, [text])).rejects.toThrow('no rows');
    expect(asked).toEqual([]);
  });

  it('stops at a chunk that is refused, and does not close the feed', async () => {
    const { api, asked } = fakeApi(({ path }) =>
      path.endsWith('/chunks/1')
        ? { status: 422, body: { title: 'no', detail: 'missing columns: sku' } }
        : { body: { feedId: 'stock.7.DC' } },
    );
    await expect(sendFeed(api, ABOUT, [file(3)])).rejects.toThrow('missing columns: sku');
    expect(asked.filter(({ path }) => path.endsWith('/close'))).toEqual([]);
  });
});
