import { basename } from 'node:path';
import { Argument, type Command } from 'commander';
import { examples } from '../examples.ts';
import { NotFine, UsageError } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { readText, sizeOf } from '../import/read-file.ts';
import { importCsv, type ImportSummary, type ImportTarget } from '../import/import-file.ts';
import { formatBar, formatTable, plain, type Output } from '../output.ts';
import { openSession } from '../session.ts';

const PATHS = {
  nodes: '/v1/nodes',
  items: '/v1/items',
  stock: '/v1/stock',
  'demand-rates': '/v1/sourcing/demand-rates',
} as const;
type Kind = keyof typeof PATHS;
type Options = { readonly dryRun?: boolean; readonly importKey?: string };

const SHOWN = 50;

const render = (out: Output, kind: Kind, summary: ImportSummary): void => {
  const { accepted, rejected, dryRun } = summary;
  if (rejected.length > 0) {
    const shown = rejected
      .slice(0, SHOWN)
      .map(({ row, line, reason }) => [String(row), String(line), plain(reason)]);
    out.print(formatTable(['ROW', 'LINE', 'REASON'], shown, ['ROW', 'LINE']));
    if (rejected.length > SHOWN) out.print(`… and ${rejected.length - SHOWN} more (--json shows all)`);
  }
  const did = dryRun ? 'would be taken' : 'taken';
  out.print(
    `${kind}: ${countOf(accepted, 'row')} ${did}, ${rejected.length} rejected${dryRun ? '; nothing was written' : ''}`,
  );
};

const importKeyOf = (file: string): string =>
  `${basename(file)
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 40)}-${new Date().toISOString()}`;

/** `yard import nodes|items|stock|demand-rates FILE.csv` */
export const registerImport = (program: Command): void => {
  program
    .command('import')
    .addArgument(new Argument('<what>', 'what the rows are').choices(Object.keys(PATHS)))
    .argument('<file>', 'CSV with a header row, UTF-8')
    .summary('import nodes, items, counted stock or expected demand from CSV')
    .description(
      `Import nodes, items, counted stock or expected demand from a CSV file of any length. Good rows are taken, bad rows are named by
their number in the file, the header being row 1. Columns:
  nodes  nodeId, name, type [, status, priority, ordersPerDay, linesPerDay, unitsPerDay, perShipmentCost, perUnitCost, acceptWithinMinutes,
         shipWithinMinutes, endpoint, line1, city, region, postcode, country, latitude, longitude]
  items  sku, title [, weightGrams, barcode, price, currency, status]
  stock  sku, nodeId, onHand [, safetyStock]
  demand-rates  sku, nodeId, unitsPerWeek`,
    )
    .option('--dry-run', 'check every row, write nothing')
    .option(
      '--import-key <key>',
      'stock only: run a broken import again under its key, so that nothing counts twice',
    )
    .addHelpText('after', examples('import items items.csv --dry-run', 'import stock count.csv'))
    .action(async (kind: Kind, file: string, options: Options, command: Command) => {
      const { api, out } = openSession(command);
      const size = sizeOf(file);
      if (options.importKey !== undefined && kind !== 'stock')
        throw new UsageError('--import-key goes with stock only');
      const key = kind === 'stock' ? (options.importKey ?? importKeyOf(file)) : undefined;
      const target: ImportTarget = { path: PATHS[kind], dryRun: options.dryRun ?? false, key };
      let read = 0;
      let rows = 0;
      const text = readText(file, (bytes) => (read = bytes));
      try {
        const summary = await importCsv(api, target, text, {
          onProgress: (soFar) => {
            rows = soFar.rows;
            out.progress(
              `${formatBar(size === 0 ? 1 : read / size)}  ${rows} rows, ${soFar.rejected.length} rejected`,
            );
          },
        });
        out.progress('');
        if (out.json) out.document(key === undefined ? summary : { ...summary, importKey: key });
        else render(out, kind, summary);
        if (summary.rows === 0) out.remark('yard: the file holds no rows');
        if (summary.rejected.length > 0) throw new NotFine('rows were rejected');
      } catch (error) {
        if (!(error instanceof NotFine) && rows > 0)
          out.remark(
            `yard: stopped after ${countOf(rows, 'row')}; those are done.${key === undefined ? ' Run it again: rows say how things are, twice changes nothing.' : ` Run it again with --import-key ${key}`}`,
          );
        throw error;
      }
    });
};
