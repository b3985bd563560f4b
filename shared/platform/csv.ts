import { parse, CsvError } from 'csv-parse/sync';
import { ok, refuse, type Result } from '../kernel/result.ts';

export type CsvRow = { readonly row: number; readonly cells: Readonly<Record<string, string>> };

/**
 * Reads CSV with a header row into named cells; a blank cell is absent, blanks around a cell are cut, a byte order
 * mark is skipped. `row` counts records from 1, the header being row 1. Refused as a whole when the text is not CSV,
 * a required column is missing or there are more than `maxRows` rows.
 */
export const readCsv = (
  text: string,
  expected: { readonly required: readonly string[]; readonly maxRows: number },
): Result<readonly CsvRow[], string> => {
  let records: string[][];
  try {
    records = parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) return refuse(`not CSV: ${error.code}`);
    throw error;
  }
  const [header, ...body] = records;
  if (header === undefined) return refuse('the file is empty');
  const missing = expected.required.filter((column) => !header.includes(column));
  if (missing.length > 0) return refuse(`missing columns: ${missing.join(', ')}`);
  if (body.length > expected.maxRows) return refuse(`more than ${expected.maxRows} rows: split the file`);
  return ok(
    body.map((cells, index) => ({
      row: index + 2,
      cells: Object.fromEntries(
        header.flatMap((column, at) => {
          const cell = cells[at];
          return cell === undefined || cell === '' ? [] : [[column, cell]];
        }),
      ),
    })),
  );
};
