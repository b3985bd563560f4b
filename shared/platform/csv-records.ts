/** One record as it stands in the file, its line ending cut. `row` counts records from 1 (the header), `line` lines from 1. */
export type CsvRecord = { readonly row: number; readonly line: number; readonly text: string };

/** A quoted field may span lines, but one that is longer than this is a stray quote, not a field. */
const LONGEST_RECORD = 64 * 1024;

type Cut = { readonly end: number; readonly next: number };
/** What may follow the quote that closes a field. */
const AFTER_QUOTE = new Set([',', ' ', '\t', '\r', '\n', '"']);

/**
 * Where the record that starts at `from` ends: the first line break outside quotes, or the end of the file.
 * `undefined`: not in sight. A quote counts only where CSV lets one open: at the start of a field. `'stray'`: the quote
 * that would close it is followed by what cannot follow, so it opens a field further on, and the first one never closes.
 */
const cutRecord = (
  text: string,
  from: number,
  isLast: boolean,
  obeyQuotes = true,
): Cut | 'stray' | undefined => {
  let place: 'fieldStart' | 'field' | 'quoted' | 'closed' = 'fieldStart';
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (place === 'quoted') {
      if (character === '"') place = 'closed';
      continue;
    }
    if (place === 'closed' && !AFTER_QUOTE.has(character ?? '')) return 'stray';
    if (character === '\n') return { end: text[at - 1] === '\r' && at > from ? at - 1 : at, next: at + 1 };
    if (character === '"' && place !== 'field' && obeyQuotes) place = 'quoted';
    else if (character === ',') place = 'fieldStart';
    else if (place !== 'fieldStart' || (character !== ' ' && character !== '\t')) place = 'field';
  }
  return isLast && place !== 'quoted' ? { end: text.length, next: text.length } : undefined;
};

const lineBreaks = (text: string): number => text.split('\n').length - 1;

/**
 * Cuts a stream of text into CSV records without reading the file whole; blank records are left out, as the API does.
 * A quote that never closes costs its own line only: that record is given on as it is and refused by name later.
 */
export async function* readRecords(
  chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<CsvRecord> {
  let rest = '';
  let row = 0;
  let line = 1;
  const take = (isLast: boolean): CsvRecord[] => {
    const records: CsvRecord[] = [];
    let from = 0;
    while (from < rest.length) {
      const obeying = cutRecord(rest, from, isLast);
      const isStray =
        obeying === 'stray' || (obeying === undefined && (isLast || rest.length - from > LONGEST_RECORD));
      const cut = isStray ? cutRecord(rest, from, isLast, false) : obeying;
      if (cut === undefined || cut === 'stray') break;
      const text = rest.slice(from, cut.end);
      if (text.trim() !== '') records.push({ row: (row += 1), line, text });
      line += lineBreaks(rest.slice(from, cut.next));
      from = cut.next;
    }
    rest = rest.slice(from);
    return records;
  };
  let isFirst = true;
  for await (const chunk of chunks) {
    rest += isFirst ? chunk.replace(/^\ufeff/, '') : chunk;
    isFirst = false;
    yield* take(false);
  }
  yield* take(true);
}

/** The records of a text that is at hand as a whole. */
export const recordsOf = (text: string): readonly CsvRecord[] => {
  const records: CsvRecord[] = [];
  let from = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  while (from < text.length) {
    const obeying = cutRecord(text, from, true);
    const cut = obeying === 'stray' || obeying === undefined ? cutRecord(text, from, true, false) : obeying;
    if (cut === undefined || cut === 'stray') break;
    const record = text.slice(from, cut.end);
    if (record.trim() !== '') records.push({ row: records.length + 1, line, text: record });
    line += lineBreaks(text.slice(from, cut.next));
    from = cut.next;
  }
  return records;
};
