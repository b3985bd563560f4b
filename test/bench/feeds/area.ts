/**
 * Feeds through the deployed local stack: a large snapshot with three bad rows that opens every cell, and the same one
 * again, which changes nothing. The counts must be exact; the times are this machine's.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeApiClient, type ApiClient } from '../../../console/cli/api-client.ts';
import type { Feed } from '../../../console/cli/api-types.ts';
import { isOver, progressOf } from '../../../console/cli/feed/render-feed.ts';
import { sendFeed } from '../../../console/cli/feed/send-feed.ts';
import { bringUp } from '../../../infra/local/bring-up.ts';
import { measure, type Measure, type RunArea } from '../measures.ts';

const ROOT = join(import.meta.dirname, '../../..');
const NODES = 20;
const BAD_ROWS = 3;
const ITEMS_A_CALL = 500;
const LOOK_EVERY_MS = 1_000;

const prepare = async (api: ApiClient, skus: readonly string[], nodes: readonly string[]): Promise<void> => {
  for (const nodeId of nodes) {
    const body = { name: nodeId, type: 'warehouse', address: { country: 'US' }, costs: { perShipment: 100, perUnit: 10 } };
    await api.call({ method: 'PUT', path: `/v1/nodes/${nodeId}`, body });
  }
  for (let start = 0; start < skus.length; start += ITEMS_A_CALL) {
    const rows = skus.slice(start, start + ITEMS_A_CALL).map((sku) => `${sku},${sku}`);
    const headers = { 'content-type': 'text/csv' };
    await api.call({ method: 'POST', path: '/v1/items', headers, body: ['sku,title', ...rows].join('\n') });
  }
}; // prettier-ignore

/** Every SKU at every node, and three rows that nobody can take. */
const fileOf = (skus: readonly string[], nodes: readonly string[]): string => {
  const rows = nodes.flatMap((nodeId, at) => skus.map((sku, index) => `${sku},${nodeId},${10 + ((index + at) % 90)}`));
  const third = Math.floor(rows.length / BAD_ROWS);
  rows[third] = `no-such-sku,${nodes[0] ?? ''},5`;
  rows[2 * third] = `${skus[0] ?? ''},NO-SUCH-NODE,5`;
  rows[rows.length - 1] = `${skus[0] ?? ''},${nodes[0] ?? ''},1.5`;
  return ['sku,nodeId,onHand', ...rows].join('\n');
}; // prettier-ignore

const runFeed = async (
  api: ApiClient,
  text: string,
  about: { readonly sequence: number; readonly minutesAgo: number },
  progress: (text: string) => void,
): Promise<{ readonly feed: Feed; readonly seconds: number }> => {
  const started = performance.now();
  const asOf = new Date(Date.now() - about.minutesAgo * 60_000).toISOString();
  const { feedId } = await sendFeed(api, { kind: 'snapshot', stream: 'bench', sequence: about.sequence, asOf }, [text]);
  for (;;) {
    const feed = await api.get<Feed>(`/v1/feeds/${feedId}`);
    if (isOver(feed)) return { feed, seconds: (performance.now() - started) / 1000 };
    progress(progressOf(feed));
    await wait(LOOK_EVERY_MS);
  }
}; // prettier-ignore

const ratesOf = (id: string, { feed, seconds }: Awaited<ReturnType<typeof runFeed>>, wrong: number, seed: number) => [
  measure({
    id: `FD.${id}.wrong`, value: wrong, unit: 'rows', goal: '= 0', n: feed.rows, seed,
    note: `applied ${feed.applied}, unchanged ${feed.unchanged}, rejected ${feed.rejected}, ${feed.pieces} pieces`,
  }),
  measure({
    id: `FD.${id}.rowsPerSecond`, value: feed.rows / seconds, unit: 'rows/s', goal: 'reported', n: feed.rows, seed,
    note: `${seconds.toFixed(0)} s from opening the feed to its result`,
  }),
]; // prettier-ignore

export const run: RunArea = async ({ quick, seed, progress }): Promise<readonly Measure[]> => {
  const rows = quick ? 10_000 : 100_000;
  const skus = Array.from({ length: rows / NODES }, (_, index) => `bench-${String(index).padStart(5, '0')}`);
  const nodes = Array.from({ length: NODES }, (_, index) => `BENCH-${index}`);
  const stack = await bringUp({ root: ROOT, progress });
  try {
    const api = makeApiClient({ url: stack.url, key: stack.adminKey });
    progress(`${nodes.length} nodes and ${skus.length} items first`);
    await prepare(api, skus, nodes);
    const text = fileOf(skus, nodes);
    const opening = await runFeed(api, text, { sequence: 1, minutesAgo: 120 }, progress);
    const again = await runFeed(api, text, { sequence: 2, minutesAgo: 60 }, progress);
    const off = (feed: Feed, good: number): number =>
      Math.abs(rows - BAD_ROWS - good) + Math.abs(BAD_ROWS - feed.rejected);
    return [
      ...ratesOf('opening', opening, off(opening.feed, opening.feed.applied), seed),
      ...ratesOf('unchanged', again, off(again.feed, again.feed.unchanged), seed),
    ];
  } finally {
    await stack.down();
  }
};
