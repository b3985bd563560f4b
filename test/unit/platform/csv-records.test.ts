import * as fc from 'fast-check';
import { chunkText, groupRecords } from '../../../shared/platform/csv-chunks.ts';
import { readRecords, type CsvRecord } from '../../../shared/platform/csv-records.ts';

const all = async <Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> => {
  const gathered: Entry[] = [];
  for await (const entry of entries) gathered.push(entry);
  return gathered;
};
const records = (...chunks: string[]): Promise<CsvRecord[]> => all(readRecords(chunks));
const texts = async (...chunks: string[]): Promise<string[]> =>
  (await records(...chunks)).map(({ text }) => text);

describe('records of a CSV file', () => {
  it('end at line breaks of either kind', async () => {
    expect(await texts('a,b\r\n1,2\n3,4')).toEqual(['a,b', '1,2', '3,4']);
  });

  it('keep line breaks inside quotes', async () => {
    expect(await texts('sku,title\nA,"two\nlines, ""quoted"""\nB,x\n')).toEqual([
      'sku,title',
      'A,"two\nlines, ""quoted"""',
      'B,x',
    ]);
  });

  it('count rows by record and lines by line break, and leave blank records out', async () => {
    expect(await records('h\n"a\nb"\n\n  \nc\n')).toEqual([
      { row: 1, line: 1, text: 'h' },
      { row: 2, line: 2, text: '"a\nb"' },
      { row: 3, line: 6, text: 'c' },
    ]);
  });

  it('begin after a byte order mark', async () => {
    expect(await texts('\ufeffsku\nA\n')).toEqual(['sku', 'A']);
  });

  it('take a quote within an unquoted field as a letter', async () => {
    expect(await texts('sku,title\nA,5" pipe\nB,x\n')).toEqual(['sku,title', 'A,5" pipe', 'B,x']);
  });

  it('lose only their own line to a quote that never closes', async () => {
    expect(await texts('sku,title\nA,"open\nB,x\nC,y\n')).toEqual(['sku,title', 'A,"open', 'B,x', 'C,y']);
  });

  it('lose only their own line to a quote that only a later field would close', async () => {
    expect(await texts('sku,title\nA,"open\nB,"two\nlines"\nC,y\n')).toEqual([
      'sku,title',
      'A,"open',
      'B,"two\nlines"',
      'C,y',
    ]);
  });

  it('are the same however the text arrives', async () => {
    const cell = fc.constantFrom('a', 'a""b', '5"', '', '"x,y"', '"l1\nl2"', '"q""q"', ' "s" ');
    const file = fc.array(
      fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => cells.join(',')),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 7 }),
        async (lines, end, size) => {
          const text = lines.join(end);
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
          expect(await records(...pieces)).toEqual(await records(text));
          const filled = lines.filter((line) => line.trim() !== '');
          expect(await texts(...pieces)).toEqual(filled);
        },
      ),
    );
  });
});

describe('calls made of records', () => {
  const grouped = async (text: string, maxRows: number, maxBytes = 1_000_000) =>
    all(groupRecords(readRecords([text]), { maxRows, maxBytes }));

  it('carry the header each, at most so many rows, and every row once', async () => {
    const chunks = await grouped('h\n1\n2\n3\n4\n5\n', 2);
    expect(chunks.map(({ header, records: rows }) => chunkText(header, rows))).toEqual([
      'h\n1\n2\n',
      'h\n3\n4\n',
      'h\n5\n',
    ]);
    expect(chunks.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('stay below the size limit', async () => {
    const chunks = await grouped('h\naaaa\nbbbb\ncccc\n', 100, 10);
    expect(chunks.map(({ records: rows }) => rows.length)).toEqual([2, 1]);
  });

  it('are none for a file that has a header only', async () => {
    expect(await grouped('sku,title\n', 2)).toEqual([]);
  });
});
