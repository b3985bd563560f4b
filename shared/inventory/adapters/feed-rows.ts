import * as z from 'zod';
import { instant, nodeId } from '../../contracts/scalars.ts';
import { isNodeId, type NodeId } from '../../kernel/ids.ts';
import { instantOf, type Instant } from '../../kernel/instant.ts';
import { BrokenInvariant, ok, refuse, type Result } from '../../kernel/result.ts';
import { readCsv } from '../../platform/csv.ts';
import { recordsOf } from '../../platform/csv-records.ts';
import type { ReadChunk, ReadFeedRow } from '../application/apply-piece.ts';
import type { CheckChunk } from '../application/take-chunk.ts';
import type { FeedRow } from '../domain/apply-feed-row.ts';
import type { Feed } from '../domain/feed.ts';
import { cellIn, wholeUnits } from './csv-stock-rows.ts';

/** A piece of this many rows stays within one item of 400 KB, whatever its SKUs are and whatever is wrong with them. */
export const MAX_CHUNK_ROWS = 500;

type Cells = Readonly<Record<string, string>>;
type RawRow = Result<Cells, string>;
type FeedColumns = Pick<Feed, 'kind' | 'nodeId' | 'asOf'>;

const unitsColumn = ({ kind }: FeedColumns): 'onHand' | 'change' =>
  kind === 'snapshot' ? 'onHand' : 'change';

const required = (feed: FeedColumns): readonly string[] => [
  'sku',
  ...(feed.nodeId === undefined ? ['nodeId'] : []),
  unitsColumn(feed),
];

const jsonBody = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

/** A field as it would stand in a CSV file: null is absent, whatever is neither text nor number stays unreadable. */
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number'
      ? String(value)
      : JSON.stringify(value);

const jsonRows = (text: string): Result<readonly RawRow[], string> => {
  try {
    const parsed = jsonBody.safeParse(JSON.parse(text));
    if (!parsed.success) return refuse('the JSON holds no list of rows: { "rows": [ … ] }');
    return ok(
      parsed.data.rows.map((fields) =>
        ok(
          Object.fromEntries(
            Object.entries(fields).flatMap(([name, value]) =>
              value === null || value === undefined || value === '' ? [] : [[name, textOf(value)]],
            ),
          ),
        ),
      ),
    );
  } catch {
    return refuse('the text is not JSON');
  }
};

/** A record that is no CSV costs itself only, not the chunk. */
const csvRows = (text: string, feed: FeedColumns): Result<readonly RawRow[], string> => {
  const expected = { required: required(feed), maxRows: Number.POSITIVE_INFINITY };
  const whole = readCsv(text, expected);
  if (whole.ok) return ok(whole.value.map(({ cells }) => ok(cells)));
  const [header, ...records] = recordsOf(text);
  if (header === undefined) return refuse('there is no header');
  const head = readCsv(header.text, expected);
  if (!head.ok) return head;
  return ok(
    records.map((record): RawRow => {
      const alone = readCsv(`${header.text}\n${record.text}`, expected);
      const [row] = alone.ok ? alone.value : [];
      return row === undefined ? refuse(alone.ok ? 'not CSV' : alone.refusal) : ok(row.cells);
    }),
  );
};

const rawRows = (feed: FeedColumns, text: string): Result<readonly RawRow[], string> =>
  /^\s*[{[]/.test(text) ? jsonRows(text) : csvRows(text, feed);

/** Units that came (plain digits, or with +) or went (with -). */
const changeIn = (cell: string | undefined): Result<number | undefined, string> => {
  const isLoss = cell?.startsWith('-') === true;
  const units = wholeUnits(cell?.replace(/^[+-](?=\d)/, ''), 'change');
  if (!units.ok)
    return refuse(
      `change: ${cell ?? ''} is ${/^[+-]?\d+$/.test(cell ?? '') ? 'too large' : 'not a whole number'}`,
    );
  return ok(units.value === undefined || !isLoss ? units.value : -units.value);
};

const momentIn = (cell: string | undefined, feed: FeedColumns): Result<Instant, string> => {
  if (cell === undefined) return ok(feed.asOf);
  return instant.safeParse(cell).success
    ? ok(instantOf(Date.parse(cell)))
    : refuse('asOf: is not an ISO 8601 moment with zone');
};

/** The cells with the feed's node filled in; a row of another node does not belong here. */
const withNode = (cells: Cells, feed: FeedColumns): Result<Cells, string> => {
  if (feed.nodeId === undefined) return ok(cells);
  const named = cells['nodeId'] ?? feed.nodeId;
  return named === feed.nodeId
    ? ok({ ...cells, nodeId: feed.nodeId })
    : refuse(`nodeId: ${named} in a feed of ${feed.nodeId}`);
};

const rowFrom = (row: number, raw: Cells, feed: FeedColumns): Result<FeedRow, string> => {
  const cells = withNode(raw, feed);
  if (!cells.ok) return cells;
  const cell = cellIn(cells.value);
  if (!cell.ok) return cell;
  const told = cells.value[unitsColumn(feed)];
  const units = feed.kind === 'snapshot' ? wholeUnits(told, 'onHand') : changeIn(told);
  if (!units.ok) return units;
  const asOf = momentIn(cells.value['asOf'], feed);
  return asOf.ok ? ok({ row, cell: cell.value, asOf: asOf.value, units: units.value }) : asOf;
};

const nodeIn = (raw: RawRow, feed: FeedColumns): NodeId | undefined => {
  if (feed.nodeId !== undefined) return feed.nodeId;
  const named = nodeId.safeParse(raw.ok ? raw.value['nodeId'] : undefined);
  return named.success ? named.data : undefined;
};

const NO_NODE = '-';

/** How many rows a chunk has and which nodes they name; refused when it cannot be read as rows at all. */
export const checkChunk: CheckChunk = (feed, text) => {
  const rows = rawRows(feed, text);
  if (!rows.ok) return rows;
  if (rows.value.length === 0) return refuse('there are no rows');
  if (rows.value.length > MAX_CHUNK_ROWS) return refuse(`more than ${MAX_CHUNK_ROWS} rows: send more chunks`);
  const nodeIds = new Set(rows.value.flatMap((row) => nodeIn(row, feed) ?? []));
  // Rows that name no node at all still have to be reported: the chunk needs a piece to do that.
  if (nodeIds.size === 0 && isNodeId(NO_NODE)) nodeIds.add(NO_NODE);
  return ok({ rows: rows.value.length, nodeIds: [...nodeIds] });
};

export const readChunk: ReadChunk = (feed, firstRow, text) => {
  const rows = rawRows(feed, text);
  if (!rows.ok) throw new BrokenInvariant(`a chunk of ${feed.feedId} was taken that cannot be read`);
  return rows.value.map((raw, index): ReadFeedRow => {
    const row = firstRow + index;
    const entry = raw.ok ? rowFrom(row, raw.value, feed) : raw;
    return { row, nodeId: nodeIn(raw, feed), entry };
  });
};
