import type { CsvRecord } from './csv-records.ts';

export type CsvChunk = {
  readonly number: number;
  readonly header: CsvRecord;
  readonly records: readonly CsvRecord[];
};
export type ChunkLimits = { readonly maxRows: number; readonly maxBytes: number };

/** The API takes 1,000 rows and 1 MB a call; smaller calls answer sooner and show progress. */
const USUAL_LIMITS: ChunkLimits = { maxRows: 500, maxBytes: 900_000 };

/** Groups records into calls; the first record is the header and goes with each. */
export async function* groupRecords(
  records: AsyncIterable<CsvRecord>,
  limits: ChunkLimits = USUAL_LIMITS,
): AsyncGenerator<CsvChunk> {
  let header: CsvRecord | undefined;
  let gathered: CsvRecord[] = [];
  let bytes = 0;
  let number = 0;
  for await (const record of records) {
    if (header === undefined) {
      header = record;
      continue;
    }
    const size = Buffer.byteLength(record.text) + 1;
    if (gathered.length > 0 && (gathered.length >= limits.maxRows || bytes + size > limits.maxBytes)) {
      yield { number: (number += 1), header, records: gathered };
      gathered = [];
      bytes = 0;
    }
    gathered.push(record);
    bytes += size;
  }
  if (header !== undefined && gathered.length > 0) yield { number: number + 1, header, records: gathered };
}

/** The text of one call. */
export const chunkText = (header: CsvRecord, records: readonly CsvRecord[]): string =>
  [header, ...records].map((record) => record.text).join('\n') + '\n';
