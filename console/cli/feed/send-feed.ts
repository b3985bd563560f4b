import { chunkText, groupRecords, type CsvChunk } from '../../../shared/platform/csv-chunks.ts';
import { readRecords } from '../../../shared/platform/csv-records.ts';
import type { ApiClient } from '../api-client.ts';
import type { Feed } from '../api-types.ts';
import { UsageError } from '../failures.ts';

export type FeedAbout = {
  readonly kind: 'snapshot' | 'delta';
  readonly stream: string;
  readonly sequence: number;
  readonly nodeId?: string | undefined;
  readonly asOf: string;
};

const CHUNKS_AT_ONCE = 4;

const sendChunk = (api: ApiClient, feedId: string, { number, header, records }: CsvChunk) =>
  api.call({
    method: 'PUT',
    path: `/v1/feeds/${encodeURIComponent(feedId)}/chunks/${number}`,
    query: { firstRow: records[0]?.row },
    headers: { 'content-type': 'text/csv' },
    body: chunkText(header, records),
    repeatable: true,
  });

/** Opens the feed, sends its chunks, a few at a time, and closes it. Sending it again after a break does no harm. */
export const sendFeed = async (
  api: ApiClient,
  about: FeedAbout,
  text: AsyncIterable<string> | Iterable<string>,
  onProgress: (rowsSent: number) => void = () => undefined,
): Promise<Feed> => {
  const chunks = groupRecords(readRecords(text));
  const first = await chunks.next();
  if (first.done) throw new UsageError('there are no rows in it: nothing is sent');
  const opened = await api.call<Feed>({ method: 'POST', path: '/v1/feeds', body: about, repeatable: true });
  const { feedId } = opened.body;
  let sent = 0;
  let rows = 0;
  const send = async (chunk: CsvChunk): Promise<void> => {
    await sendChunk(api, feedId, chunk);
    sent += 1;
    rows += chunk.records.length;
    onProgress(rows);
  };
  const lane = async (): Promise<void> => {
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) await send(next.value);
  };
  await send(first.value);
  await Promise.all(Array.from({ length: CHUNKS_AT_ONCE }, lane));
  const closed = await api.call<Feed>({
    method: 'POST',
    path: `/v1/feeds/${encodeURIComponent(feedId)}/close`,
    body: { chunks: sent },
    repeatable: true,
  });
  return closed.body;
};
