import type * as z from 'zod';
import type { ApiClient } from '../../../console/cli/api-client.ts';
import type { PageOf } from '../../../console/cli/api-types.ts';
import type { feed, feedRowNote } from '../../../shared/contracts/inventory/feeds.ts';
import { eventually } from './stack.ts';

export type FeedView = z.output<typeof feed>;
export type FeedNote = z.output<typeof feedRowNote>;

export type FeedToSend = {
  readonly kind: 'snapshot' | 'delta';
  readonly sequence: number;
  readonly stream?: string;
  readonly nodeId?: string;
  readonly asOf?: string;
};

const ROWS_A_CHUNK = 500;
const CHUNKS_AT_ONCE = 4;

/** Opens a feed, sends its rows (without the header) in chunks, closes it; gives its id. */
export const sendFeed = async (
  api: ApiClient,
  { stream = 'stock', asOf = new Date().toISOString(), ...about }: FeedToSend,
  header: string,
  rows: readonly string[],
): Promise<string> => {
  const opened = await api.call<FeedView>({
    method: 'POST',
    path: '/v1/feeds',
    body: { ...about, stream, asOf },
  });
  const { feedId } = opened.body;
  const chunks = Array.from({ length: Math.ceil(rows.length / ROWS_A_CHUNK) }, (_, index) => ({
    chunk: index + 1,
    firstRow: index * ROWS_A_CHUNK + 2,
    text: [header, ...rows.slice(index * ROWS_A_CHUNK, (index + 1) * ROWS_A_CHUNK)].join('\n'),
  }));
  const queue = [...chunks];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await api.call({
        method: 'PUT',
        path: `/v1/feeds/${feedId}/chunks/${next.chunk}`,
        query: { firstRow: next.firstRow },
        body: next.text,
        headers: { 'content-type': 'text/csv' },
        repeatable: true,
      });
    }
  };
  await Promise.all(Array.from({ length: CHUNKS_AT_ONCE }, lane));
  await api.call({ method: 'POST', path: `/v1/feeds/${feedId}/close`, body: { chunks: chunks.length } });
  return feedId;
};

export const finishedFeed = (api: ApiClient, feedId: string, withinMs = 60_000): Promise<FeedView> =>
  eventually(
    () => api.get<FeedView>(`/v1/feeds/${feedId}`),
    ({ status }) => status === 'done' || status === 'refused',
    withinMs,
  );

export const notesOf = async (api: ApiClient, feedId: string): Promise<readonly FeedNote[]> => {
  const notes: FeedNote[] = [];
  for await (const page of api.pages<PageOf<FeedNote>>(`/v1/feeds/${feedId}/rows`, { limit: 200 }))
    notes.push(...page.items);
  return notes;
};
