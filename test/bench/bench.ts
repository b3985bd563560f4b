#!/usr/bin/env node
/**
 * `npm run bench -- <area> [--json] [--quick] [--check] [--seed N] [--data DIR] [--only ID...]`
 *
 * Standard output carries the result only (one JSON document with `--json`, else a table);
 * progress goes to standard error. Exits 0 when the area ran, 1 with `--check` when a measure falls short,
 * 2 when the command line is wrong.
 */
import { existsSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import Table from 'cli-table3';
import type { BenchOptions, Measure, RunArea } from './measures.ts';

const HERE = import.meta.dirname;

const areas = (): string[] =>
  readdirSync(HERE)
    .filter((name) => existsSync(join(HERE, name, 'area.ts')))
    .sort();

const loadArea = async (area: string): Promise<RunArea> => {
  const loaded = (await import(pathToFileURL(join(HERE, area, 'area.ts')).href)) as { run: RunArea };
  return loaded.run;
};

const machine = (): string => {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  return `${processors.length} x ${model}, Node ${process.versions.node}`;
};

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, 0 or more');
  return value;
};

const makeProgress = (): ((text: string) => void) => {
  const started = performance.now();
  return (text) => {
    process.stderr.write(`[${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s] ${text}\n`);
  };
};

const figure = (value: number): string =>
  Number.isInteger(value) ? String(value) : Number(value.toPrecision(4)).toString();

const renderTable = (measures: readonly Measure[]): string => {
  const table = new Table({
    head: ['measure', 'value', 'goal', 'holds', 'n', 'peers', 'note'],
    style: { head: [] },
  });
  for (const m of measures) {
    const peers = Object.entries(m.peers).map(([name, value]) => `${name} ${figure(value)}`);
    table.push([
      m.id,
      `${figure(m.value)} ${m.unit}`,
      m.goal,
      m.holds ? 'yes' : 'NO',
      m.n,
      peers.join('\n'),
      m.note,
    ]);
  }
  return table.toString();
};

interface Flags {
  readonly json?: true;
  readonly quick?: true;
  readonly check?: true;
  readonly seed: number;
  readonly data?: string;
  readonly only?: readonly string[];
}

const main = async (area: string, flags: Flags): Promise<void> => {
  if (!areas().includes(area)) {
    process.stderr.write(`no such area: ${area}. Areas: ${areas().join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const options: BenchOptions = {
    quick: flags.quick === true,
    seed: flags.seed,
    data: flags.data,
    only: flags.only ?? [],
    progress: makeProgress(),
  };
  const run = await loadArea(area);
  const measures = await run(options);
  const report = {
    area,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    quick: options.quick,
    measures,
  };
  process.stdout.write(
    flags.json === true ? `${JSON.stringify(report, null, 2)}\n` : `${renderTable(measures)}\n`,
  );
  if (flags.check === true && measures.some((m) => !m.holds)) process.exitCode = 1;
};

await new Command('bench')
  .description('Measures one area against its goals and its peers.')
  .argument('<area>', `one of: ${areas().join(', ')}`)
  .option('--json', 'one JSON document on standard output')
  .option('--quick', 'smaller samples')
  .option('--check', 'exit 1 when a measure falls short')
  .option('--seed <n>', 'seed of every generator', wholeNumber, 1)
  .option('--data <dir>', 'folder with the public data sets; default: our own synthetic ones')
  .option('--only <ids...>', 'only measures whose id starts with one of these')
  .action(main)
  .parseAsync();
