import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ApiRefusal } from '../../../console/cli/api-client.ts';
import type { PageOf, Stock } from '../../../console/cli/api-types.ts';
import { finishedFeed, notesOf, sendFeed, type FeedView } from '../../support/integration/feeds.ts';
import { eventually, operator, putNode, unique, withKey } from '../../support/integration/stack.ts';

const ROWS = 3_000;
const NODES = 4;
jest.setTimeout(300_000);

const api = operator();
const SNAPSHOT = 'sku,nodeId,onHand';
const run = unique('f').toLowerCase();
const skus = Array.from({ length: ROWS / NODES }, (_, index) => `${run}-${String(index).padStart(4, '0')}`);
const nodes = Array.from({ length: NODES }, (_, index) => `${run.toUpperCase()}-N${index}`);
const cells = nodes.flatMap((nodeId) => skus.map((sku) => ({ sku, nodeId })));
const [node = ''] = nodes;

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const positionOf = async (sku: string, nodeId: string) => {
  const stock = await api.get<Stock>(`/v1/stock/${encodeURIComponent(sku)}`);
  return stock.positions.find((position) => position.nodeId === nodeId);
};
const issueKey = async (name: string): Promise<string> => {
  const { body } = await api.call<{ key: string }>({
    method: 'POST',
    path: '/v1/keys',
    body: { scope: 'operator', label: name },
  });
  return body.key;
};

beforeAll(async () => {
  for (const nodeId of nodes) await putNode(api, nodeId);
  for (let start = 0; start < skus.length; start += 500) {
    const rows = skus.slice(start, start + 500).map((sku) => `${sku},${sku}`);
    const body = ['sku,title', ...rows].join('\n');
    await api.call({ method: 'POST', path: '/v1/items', headers: { 'content-type': 'text/csv' }, body });
  }
});

describe('a feed over the API', () => {
  it('lands the good rows and names the bad ones by row and reason, nothing half', async () => {
    const rows = cells.map(({ sku, nodeId }, index) => `${sku},${nodeId},${10 + (index % 90)}`);
    rows[700] = `no-such-sku,${node},5`;
    rows[1_500] = `${skus[1] ?? ''},NO-SUCH-NODE,5`;
    rows[2_999] = `${skus[749] ?? ''},${nodes[3] ?? ''},1.5`;
    const started = Date.now();
    const feedId = await sendFeed(api, { kind: 'snapshot', sequence: 1, stream: run, asOf: minutesAgo(30) }, SNAPSHOT, rows);
    const result = await finishedFeed(api, feedId, 240_000);
    process.stderr.write(`${ROWS} rows, every cell new: ${Date.now() - started} ms\n`);
    expect(result).toMatchObject({ status: 'done', rows: ROWS, applied: ROWS - 3, rejected: 3, unchanged: 0 });
    expect(await notesOf(api, feedId)).toEqual([
      expect.objectContaining({ row: 702, outcome: 'rejected', reason: 'unknown SKU no-such-sku' }),
      expect.objectContaining({ row: 1_502, outcome: 'rejected', reason: 'unknown node NO-SUCH-NODE' }),
      expect.objectContaining({ row: 3_001, outcome: 'rejected', reason: 'onHand: 1.5 is not a whole number' }),
    ]);
    expect(await positionOf(skus[0] ?? '', node)).toMatchObject({ onHand: 10, version: 1 });
    expect(await positionOf(skus[749] ?? '', nodes[3] ?? '')).toBeUndefined();
  }); // prettier-ignore

  it('costs unchanged cells nothing, and is the same feed when it is sent again', async () => {
    const rows = cells.slice(0, 600).map(({ sku, nodeId }, index) => `${sku},${nodeId},${10 + (index % 90)}`);
    const about = { kind: 'snapshot' as const, sequence: 2, stream: run, asOf: minutesAgo(20) };
    const feedId = await sendFeed(api, about, SNAPSHOT, rows);
    const first = await finishedFeed(api, feedId);
    expect(first).toMatchObject({ rows: 600, unchanged: 600, applied: 0 });
    expect(await sendFeed(api, about, SNAPSHOT, rows)).toBe(feedId);
    expect(await finishedFeed(api, feedId)).toEqual(first);
    expect(await positionOf(skus[0] ?? '', node)).toMatchObject({ version: 1 });
  });

  it('takes no figure older than the last, none that is missing, none below zero', async () => {
    const [a = '', b = '', c = '', d = ''] = skus;
    const rows = [`${a},${node},99`, `${b},${node},`, `${c},${node},-4`, `${d},${node},33`];
    const late = await sendFeed(api, { kind: 'snapshot', sequence: 3, stream: run, asOf: minutesAgo(25) }, SNAPSHOT, rows);
    expect(await finishedFeed(api, late)).toMatchObject({ stale: 2, unknown: 1, rejected: 1, applied: 0 });
    expect((await notesOf(api, late)).map(({ row, outcome }) => [row, outcome])).toEqual([
      [2, 'stale'],
      [4, 'rejected'],
      [5, 'stale'],
    ]);
    expect(await positionOf(a, node)).toMatchObject({ onHand: 10 });
  }); // prettier-ignore

  it('takes deltas once, and not when a snapshot has them already', async () => {
    const sku = skus[10] ?? '';
    const rows = [`${sku},5,${minutesAgo(22)}`, `${sku},-2,${minutesAgo(10)}`, `${sku},-1000,${minutesAgo(9)}`];
    const about = { kind: 'delta' as const, sequence: 1, stream: `${run}-d`, nodeId: node, asOf: minutesAgo(9) };
    const feedId = await sendFeed(api, about, 'sku,change,asOf', rows);
    expect(await finishedFeed(api, feedId)).toMatchObject({ applied: 1, stale: 1, rejected: 1 });
    expect(await positionOf(sku, node)).toMatchObject({ onHand: 18 });
  }); // prettier-ignore

  it('refuses what cannot be a feed or a chunk of it', async () => {
    const refused = (call: Promise<unknown>) => call.then(() => 0, (error: unknown) => (error instanceof ApiRefusal ? error.status : -1)); // prettier-ignore
    const open = (over: object) =>
      refused(api.call({ method: 'POST', path: '/v1/feeds', body: { kind: 'snapshot', sequence: 9, stream: run, asOf: minutesAgo(1), ...over } })); // prettier-ignore
    expect(await open({ nodeId: 'NO-SUCH-NODE' })).toBe(404);
    expect(await open({ asOf: minutesAgo(-60) })).toBe(422);
    expect(await open({ sequence: 1, kind: 'delta' })).toBe(409);
    const put = (path: string, body: string) =>
      refused(api.call({ method: 'PUT', path, body, headers: { 'content-type': 'text/csv' } }));
    expect(await put(`/v1/feeds/${run}.77/chunks/1`, `${SNAPSHOT}\na,b,1`)).toBe(404);
    expect(await open({ sequence: 10 })).toBe(0);
    expect(await put(`/v1/feeds/${run}.10/chunks/1`, 'sku,onHand\na,1')).toBe(422);
    expect(await put(`/v1/feeds/${run}.1/chunks/99`, `${SNAPSHOT}\na,b,1`)).toBe(409);
  });
});

describe('a file that is dropped', () => {
  const drop = async (name: string, text: string): Promise<void> => {
    const endpoint = process.env['AWS_ENDPOINT_URL'];
    const s3 = new S3Client({ forcePathStyle: endpoint !== undefined, ...(endpoint && { endpoint }) });
    const region = process.env['AWS_REGION'] ?? 'us-east-1';
    const bucket = `switchyard-local-feeds-000000000000-${region}`;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `drop/${name}`, Body: text }));
  };
  const stamp = (minutes: number): string => minutesAgo(minutes).replace(/[-:]|\.\d+/g, '');

  it('is cut, applied and reported as any other feed', async () => {
    const [, second = ''] = nodes;
    const rows = skus.slice(0, 520).map((sku, index) => `${sku},${index === 515 ? 'x' : 200}`);
    await drop(`${second}/snapshot/${run}-f.7.${stamp(8)}.csv`, ['sku,onHand', ...rows].join('\n'));
    const feedId = `${run}-f.7.${second}`;
    await eventually(
      () => api.get<FeedView>(`/v1/feeds/${feedId}`).catch(() => undefined),
      (feed) => feed !== undefined,
    );
    const result = await finishedFeed(api, feedId);
    expect(result).toMatchObject({ rows: 520, rejected: 1, applied: 519, chunks: 2 });
    const notes = await notesOf(api, feedId);
    expect(notes.find(({ outcome }) => outcome === 'rejected')).toMatchObject({ row: 517, reason: 'onHand: x is not a whole number' });
  }); // prettier-ignore

  it('ends as a refused feed when it holds no rows of ours', async () => {
    await drop(`${node}/snapshot/${run}-g.1.${stamp(8)}.csv`, 'name,price\na,1\n');
    const feedId = `${run}-g.1.${node}`;
    const seen = await eventually(
      () => api.get<FeedView>(`/v1/feeds/${feedId}`).catch(() => undefined),
      (feed) => feed?.status === 'refused',
    );
    expect(seen?.refused).toBe('missing columns: sku, onHand');
  });
});

describe('drift', () => {
  it('freezes a cell that is far off, has it counted, and thaws it when a second person agrees', async () => {
    const third = nodes[2] ?? '';
    const sku = skus[5] ?? '';
    const before = await positionOf(sku, third);
    const onHand = before?.onHand ?? 0;
    const about = { kind: 'snapshot' as const, sequence: 5, stream: run, nodeId: third, asOf: minutesAgo(7) };
    const feedId = await sendFeed(api, about, 'sku,onHand', [`${sku},${onHand * 3}`]);
    expect(await finishedFeed(api, feedId)).toMatchObject({ applied: 1, drift: { cells: 1, units: onHand * 2, frozen: 1 } });
    expect(await positionOf(sku, third)).toMatchObject({ onHand: onHand * 3, available: 0 });

    const counts = () => api.get<PageOf<{ sku: string; status: string }>>('/v1/counts', { nodeId: third });
    expect((await counts()).items).toEqual([expect.objectContaining({ sku, status: 'open' })]);
    const drift = await api.get<PageOf<{ sku: string }> & { score: number }>(`/v1/drift/${third}`);
    expect(drift.score).toBeGreaterThan(0);
    expect(drift.items).toEqual([expect.objectContaining({ sku, difference: onHand * 2 })]);

    const path = `/v1/counts/${sku}/${third}`;
    const submitted = await api.call<{ outcome: string }>({ method: 'POST', path: `${path}/figure`, body: { onHand: onHand + 1 } });
    expect(submitted.body.outcome).toBe('review');
    const approve = (client: typeof api) => client.call<{ outcome: string }>({ method: 'POST', path: `${path}/approval` });
    await expect(approve(api)).rejects.toMatchObject({ status: 403 });
    const second = withKey(await issueKey('second person'));
    expect((await approve(second)).body.outcome).toBe('applied');
    expect(await positionOf(sku, third)).toMatchObject({ onHand: onHand + 1, available: onHand + 1 });
    expect((await counts()).items).toEqual([]);
  }); // prettier-ignore
});
