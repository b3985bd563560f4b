import { CsvError, parse } from 'csv-parse/sync';
import type { ImportReport } from '../../../shared/contracts/http/pages.ts';
import { ApiRefusal, type ApiClient, type Query } from '../api-client.ts';
import {
  chunkText,
  groupRecords,
  type ChunkLimits,
  type CsvChunk,
} from '../../../shared/platform/csv-chunks.ts';
import { readRecords, type CsvRecord } from '../../../shared/platform/csv-records.ts';

/** A row of the file that was not taken. `row` counts records with the header as 1; `line` is where an editor shows it. */
type RejectedRow = { readonly row: number; readonly line: number; readonly reason: string };
export type ImportSummary = {
  readonly dryRun: boolean;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: readonly RejectedRow[];
};

export type ImportTarget = {
  readonly path: '/v1/nodes' | '/v1/items' | '/v1/stock' | '/v1/sourcing/demand-rates';
  readonly dryRun: boolean;
  /** Names a stock import: the same key with the same file has its effect once. */
  readonly key?: string | undefined;
};

const reasonNotCsv = (record: CsvRecord): string | undefined => {
  try {
    parse(record.text, { trim: true, relax_column_count: true });
    return undefined;
  } catch (error) {
    if (error instanceof CsvError) return `not CSV: ${error.code}`;
    throw error;
  }
};

const rejection = (record: CsvRecord, reason: string): RejectedRow => ({
  row: record.row,
  line: record.line,
  reason,
});

/** The API counts rows within one call: a reason that points at another row is made to point into the file. */
const inFileRows = (reason: string, records: readonly CsvRecord[]): string =>
  reason.replace(
    /\brow (\d+)\b/g,
    (said, row: string) => `row ${records[Number(row) - 2]?.row ?? said.slice(4)}`,
  );

const sendRecords = async (
  api: ApiClient,
  target: ImportTarget,
  chunk: CsvChunk,
  records: readonly CsvRecord[],
): Promise<{ accepted: number; rejected: RejectedRow[] }> => {
  if (records.length === 0) return { accepted: 0, rejected: [] };
  const query: Query = {
    dryRun: target.dryRun,
    key: target.key === undefined ? undefined : `${target.key}-${chunk.number}`,
  };
  const { body } = await api.call<ImportReport>({
    method: target.path === '/v1/sourcing/demand-rates' ? 'PUT' : 'POST',
    path: target.path,
    query,
    headers: { 'content-type': 'text/csv' },
    body: chunkText(chunk.header, records),
    repeatable: true,
  });
  const rejected = body.rejected.map(({ row, reason }) => {
    const record = records[row - 2] ?? chunk.header;
    return rejection(record, inFileRows(reason, records));
  });
  return { accepted: body.accepted, rejected };
};

/** The API refuses a call whole when one row is not CSV: such rows are named here and the others sent without them. */
const sendChunk = async (api: ApiClient, target: ImportTarget, chunk: CsvChunk) => {
  try {
    return await sendRecords(api, target, chunk, chunk.records);
  } catch (error) {
    if (!(error instanceof ApiRefusal) || (error.status !== 400 && error.status !== 422)) throw error;
    const rejected = chunk.records.flatMap((record) => {
      const reason = reasonNotCsv(record);
      return reason === undefined ? [] : [rejection(record, reason)];
    });
    if (rejected.length === 0) throw error;
    const bad = new Set(rejected.map(({ row }) => row));
    const rest = await sendRecords(
      api,
      target,
      chunk,
      chunk.records.filter(({ row }) => !bad.has(row)),
    );
    const all = [...rejected, ...rest.rejected].sort((a, b) => a.row - b.row);
    return { accepted: rest.accepted, rejected: all };
  }
};

/**
 * Sends a CSV text of any length to an import endpoint, call by call, in the order of the file. Rejected rows carry
 * their number in the whole file. Throws what the client throws; what was sent before stays imported.
 */
export const importCsv = async (
  api: ApiClient,
  target: ImportTarget,
  text: AsyncIterable<string> | Iterable<string>,
  options: { readonly limits?: ChunkLimits; readonly onProgress?: (summary: ImportSummary) => void } = {},
): Promise<ImportSummary> => {
  let rows = 0;
  let accepted = 0;
  const rejected: RejectedRow[] = [];
  for await (const chunk of groupRecords(readRecords(text), options.limits)) {
    const report = await sendChunk(api, target, chunk);
    rows += chunk.records.length;
    accepted += report.accepted;
    rejected.push(...report.rejected);
    options.onProgress?.({ dryRun: target.dryRun, rows, accepted, rejected });
  }
  return { dryRun: target.dryRun, rows, accepted, rejected };
};
