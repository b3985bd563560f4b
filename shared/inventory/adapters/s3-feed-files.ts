import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isNodeId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { recordsOf, type CsvRecord } from '../../platform/csv-records.ts';
import type { Bookmark, DroppedFiles, FilePart } from '../application/cut-dropped-file.ts';
import type { ChunkArchive } from '../application/feed-ports.ts';
import type { FeedHeader } from '../domain/feed.ts';
import { MAX_CHUNK_ROWS } from './feed-rows.ts';

export type FeedBucket = { readonly client: S3Client; readonly bucket: string };

const chunkPath = ({ feedId, chunk, digest }: Parameters<ChunkArchive['get']>[0]): string =>
  `chunks/${feedId}/${String(chunk).padStart(7, '0')}-${digest}`;

/** Chunks as they came, kept as long as the bucket's life-cycle says. Their name holds their digest: none replaces another. */
export const makeS3ChunkArchive = ({ client, bucket }: FeedBucket): ChunkArchive => ({
  put: async (chunk, text) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: chunkPath(chunk), Body: text }));
  },
  get: async (chunk) => {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: chunkPath(chunk) }));
    if (answer.Body === undefined) throw new Error(`${chunkPath(chunk)} is empty`);
    return answer.Body.transformToString('utf8');
  },
});

const NAME =
  /^drop\/(?:(?<node>[^/]+)\/)?(?<kind>snapshot|delta)\/(?<stream>[a-z0-9-]{1,40})\.(?<sequence>\d{1,12})\.(?<date>\d{8})T(?<time>\d{6})Z\.csv$/;

/** `drop/DC-EAST/snapshot/stock.42.20261123T093000Z.csv`: of which node, what, which sequence, as of when. */
export const feedHeaderOf = (key: string): FeedHeader | undefined => {
  const { node, kind, stream = '', sequence, date = '', time = '' } = NAME.exec(key)?.groups ?? {};
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const [hours, minutes, seconds] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)];
  const atMs = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.000Z`);
  if ((kind !== 'snapshot' && kind !== 'delta') || Number.isNaN(atMs)) return undefined;
  if (node !== undefined && !isNodeId(node)) return undefined;
  return { kind, stream, sequence: Number(sequence), nodeId: node, asOf: new Date(atMs).toISOString() };
};

/** Bytes read at once: some hundred thousand rows, well within a Lambda's memory and time. */
const PART_BYTES = 4 * 1024 * 1024;
const LONGEST_HEADER = 4_096;
const NEW_LINE = 0x0a;

/** The file's whole lines within the part; in a feed a record is one line. */
const readLines = async (
  { client, bucket }: FeedBucket,
  { key, offset, partBytes }: { readonly key: string; readonly offset: number; readonly partBytes: number },
): Promise<Result<{ readonly text: string; readonly next: number | undefined }, string>> => {
  const { ContentLength: size = 0 } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  if (offset >= size) return ok({ text: '', next: undefined });
  const Range = `bytes=${offset}-${Math.min(size, offset + partBytes) - 1}`;
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }));
  const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
  const isLast = offset + bytes.length >= size;
  const end = isLast ? bytes.length : bytes.lastIndexOf(NEW_LINE) + 1;
  if (end === 0) return refuse('a line is longer than any row can be');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end));
    return ok({ text, next: isLast ? undefined : offset + end });
  } catch {
    return refuse('the file is not UTF-8 text');
  }
};

const chunksOf = (records: readonly CsvRecord[], { header, row, chunk }: Omit<Bookmark, 'offset'>) =>
  Array.from({ length: Math.ceil(records.length / MAX_CHUNK_ROWS) }, (_, index) => ({
    chunk: chunk + index,
    firstRow: row + index * MAX_CHUNK_ROWS,
    text: [
      header,
      ...records.slice(index * MAX_CHUNK_ROWS, (index + 1) * MAX_CHUNK_ROWS).map(({ text }) => text),
    ].join('\n'),
  }));

export const makeS3DroppedFiles = (bucket: FeedBucket, partBytes = PART_BYTES): DroppedFiles => ({
  readPart: async (key, from) => {
    const lines = await readLines(bucket, { key, offset: from?.offset ?? 0, partBytes });
    if (!lines.ok) return lines;
    const all = recordsOf(lines.value.text);
    const header = from?.header ?? all[0]?.text;
    if (header === undefined || header.length > LONGEST_HEADER) return refuse('there is no header');
    const records = from === undefined ? all.slice(1) : all;
    if (from === undefined && records.length === 0 && lines.value.next === undefined)
      return refuse('there are no rows');
    const begin = from ?? { header, row: 2, chunk: 1 };
    const chunks = chunksOf(records, begin);
    const part: FilePart = { chunks };
    if (lines.value.next === undefined) return ok(part);
    return ok({
      ...part,
      next: {
        offset: lines.value.next,
        header,
        row: begin.row + records.length,
        chunk: begin.chunk + chunks.length,
      },
    });
  },
});
