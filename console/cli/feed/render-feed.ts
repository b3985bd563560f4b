import type { Feed, FeedRowNote } from '../api-types.ts';
import { countOf, formatMoment } from '../format-values.ts';
import { formatBar, formatTable, plain, type Output } from '../output.ts';

export const isOver = ({ status }: Feed): boolean => status === 'done' || status === 'refused';

/** How far it has come, in one line. */
export const progressOf = ({ pieces, piecesApplied, rows, rejected }: Feed): string =>
  `${formatBar(pieces === 0 ? 0 : piecesApplied / pieces)}  ${rows} rows, ${rejected} rejected`;

const figures = (feed: Feed): readonly (readonly [string, string])[] => [
  ['feed', feed.feedId],
  ['what', `${feed.kind}${feed.nodeId === undefined ? '' : ` of ${feed.nodeId}`}, as of ${formatMoment(feed.asOf)}`],
  ['status', feed.status === 'refused' ? `refused: ${feed.refused ?? ''}` : feed.status],
  ['pieces', `${feed.piecesApplied} of ${feed.pieces} applied`],
  ['rows', String(feed.rows)],
  ['applied', String(feed.applied)],
  ['unchanged', String(feed.unchanged)],
  ['settling', String(feed.settling)],
  ['unknown', String(feed.unknown)],
  ['stale', String(feed.stale)],
  ['rejected', String(feed.rejected)],
  [
    'drift',
    `${countOf(feed.drift.cells, 'cell')}, ${countOf(feed.drift.units, 'unit')}, ${feed.drift.frozen} frozen`,
  ],
  ...(feed.finishedAt === undefined ? [] : [['finished', formatMoment(feed.finishedAt)] as const]),
]; // prettier-ignore

export const renderFeed = (out: Output, feed: Feed): void => {
  for (const [name, value] of figures(feed)) out.print(`${name.padEnd(10)} ${plain(value)}`);
};

export const renderNotes = (out: Output, notes: readonly FeedRowNote[], isCut: boolean): void => {
  if (notes.length === 0) return;
  const rows = notes.map(({ row, outcome, sku = '', nodeId = '', reason, isFrozen }) => [
    String(row),
    isFrozen === true ? 'frozen' : outcome,
    plain(sku),
    nodeId,
    plain(reason),
  ]);
  out.print('');
  out.print(formatTable(['ROW', 'OUTCOME', 'SKU', 'NODE', 'WHY'], rows, ['ROW']));
  if (isCut) out.print('… and more (--limit says how many)');
};
