import Table from 'cli-table3';
import pc from 'picocolors';

export type Colours = ReturnType<typeof pc.createColors>;

export type Output = {
  readonly json: boolean;
  readonly colours: Colours;
  /** Results, on standard output. */
  readonly print: (text: string) => void;
  /** Progress and remarks, on standard error. */
  readonly remark: (text: string) => void;
  /** The whole result as one JSON document. */
  readonly document: (value: unknown) => void;
  /** Redraws one line on a terminal; silent elsewhere. */
  readonly progress: (text: string) => void;
};

/** What came from outside may hold control characters, which a terminal would obey. */
export const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/gu, '\ufffd');

/** Columns without borders; the last column is not padded. */
export const formatTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly string[] = [],
): string => {
  const table = new Table({
    head: [...head],
    chars: {
      top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '',
      'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
    }, // prettier-ignore
    colAligns: head.map((name) => (numeric.includes(name) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};

export const makeOutput = (
  json: boolean,
  stdout: NodeJS.WriteStream = process.stdout,
  stderr: NodeJS.WriteStream = process.stderr,
): Output => {
  const colourful = !json && stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  const clear = '\r\u001b[2K';
  return {
    json,
    colours: pc.createColors(colourful),
    print: (text) => void stdout.write(`${text}\n`),
    remark: (text) => void stderr.write(`${stderr.isTTY ? clear : ''}${text}\n`),
    document: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    progress: (text) => {
      if (stderr.isTTY) stderr.write(`${clear}${text}`);
    },
  };
};

/** `[#####.....]  50 %` */
export const formatBar = (share: number, width = 24): string => {
  const within = Math.min(1, Math.max(0, share));
  const filled = Math.round(within * width);
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${String(Math.floor(within * 100)).padStart(3)} %`;
};
