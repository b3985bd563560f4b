import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import Table from 'cli-table3';
import { InvalidArgumentError, type Command } from 'commander';
import { parse as parseJson } from 'lossless-json';
import {
  InstanceSolver,
  parseInstance,
  SOLUTION_FORMAT,
  type SourcingInstance,
  type SourcingSolution,
} from '../../../shared/sourcing/index.ts';

interface Flags {
  readonly seconds: number;
  readonly seed: number;
  readonly work?: number;
  readonly json?: true;
}

/** The command was understood, but the instance is not one. */
const EXIT_REFUSED = 2;
/** Order decisions between two looks at the clock: some tens of milliseconds. */
const SLICE = 2_000;

const amount = (value: string): number => {
  const seconds = Number(value);
  if (value.trim() === '' || !Number.isFinite(seconds) || seconds < 0) {
    throw new InvalidArgumentError('seconds are a number of 0 or more');
  }
  return seconds;
};

const wholeNumber = (value: string): number => {
  const number = Number(value);
  if (value.trim() === '' || !Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError('a whole number of 0 or more is needed');
  }
  return number;
};

/** Sums of decimals carry noise in the last binary digits; fifteen significant digits are all that a double holds. */
const withoutNoise = (value: number): number => Number(value.toPrecision(15));

const solve = (instance: SourcingInstance, flags: Flags): { solution: SourcingSolution; seconds: number } => {
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  const solver = new InstanceSolver(instance, { seed: flags.seed });
  const spent = (): number => {
    if (flags.work !== undefined) return flags.work === 0 ? 1 : solver.work / flags.work;
    return flags.seconds === 0 ? 1 : elapsed() / flags.seconds;
  };
  // The first slice always runs, so that even an empty budget answers with a plan and a bound.
  let shown = 0;
  do {
    solver.advance(Math.min(1, spent()), SLICE);
    if (process.stderr.isTTY && elapsed() - shown > 0.2) {
      shown = elapsed();
      process.stderr.write(
        `\r${shown.toFixed(1)} s  cost ${solver.cost.toFixed(2)}  bound ${solver.bound.toFixed(2)} `,
      );
    }
  } while (!solver.isProven && spent() < 1);
  if (shown > 0) process.stderr.write('\r\u001b[K');
  return { solution: solver.solution(), seconds: elapsed() };
};

const printTable = (instance: SourcingInstance, solution: SourcingSolution, seconds: number): void => {
  const table = new Table({
    head: ['order', 'ships from', 'line x quantity'],
    style: { head: [], border: [] },
  });
  for (const plan of solution.plans) {
    for (const shipment of plan.shipments) {
      table.push([
        plan.order,
        shipment.node,
        shipment.lines.map((l) => `${l.line} x ${l.quantity}`).join(', '),
      ]);
    }
    if (plan.unfilled.length > 0) {
      table.push([
        plan.order,
        '(unfilled)',
        plan.unfilled.map((l) => `${l.line} x ${l.quantity}`).join(', '),
      ]);
    }
  }
  const gap = solution.cost === 0 ? 0 : (solution.cost - solution.bound) / solution.cost;
  const proof = solution.proven
    ? 'proven optimal'
    : `at most ${(100 * gap).toFixed(2)} % above the bound of ${withoutNoise(solution.bound)}`;
  process.stdout.write(`${table.toString()}\n`);
  process.stdout.write(
    `cost ${withoutNoise(solution.cost)} ${instance.currency}, ${proof}, ${seconds.toFixed(3)} s\n`,
  );
};

const refuseWith = (problem: string): void => {
  process.stderr.write(`${problem}\n`);
  process.exitCode = EXIT_REFUSED;
};

/** Plain numbers and refused duplicate keys: a second "quantity" would otherwise silently win. */
const readDocument = (content: string): unknown => parseJson(content, null, { parseNumber: Number });

const run = async (file: string, flags: Flags): Promise<void> => {
  let document: unknown;
  try {
    document = readDocument(file === '-' ? await text(process.stdin) : await readFile(file, 'utf8'));
  } catch (error) {
    refuseWith(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const instance = parseInstance(document);
  if (!instance.ok) {
    refuseWith(`${instance.refusal.path} ${instance.refusal.problem}`);
    return;
  }
  const { solution, seconds } = solve(instance.value, flags);
  if (flags.json !== true) {
    printTable(instance.value, solution, seconds);
    return;
  }
  const { proven, plans } = solution;
  const cost = withoutNoise(solution.cost);
  const bound = proven ? cost : withoutNoise(solution.bound);
  process.stdout.write(
    `${JSON.stringify({ format: SOLUTION_FORMAT, cost, proven, bound, seconds, plans })}\n`,
  );
};

/** Adds `source solve` to the command line; `source` itself is made when no other command has made it yet. */
export const registerSourceSolve = (program: Command): void => {
  const group =
    program.commands.find((command) => command.name() === 'source') ??
    program.command('source').description('Decide which nodes ship which units.');
  group
    .command('solve')
    .description('Solve a sourcing instance, one order or many that share stock. Needs no cloud.')
    .argument('<file>', 'instance of the format switchyard/sourcing-instance@1, or - for standard input')
    .option('--seconds <s>', 'time to spend at most; stops as soon as the plan is proved optimal', amount, 5)
    .option(
      '--work <n>',
      'budget in order decisions instead of seconds: same seed, same plan anywhere',
      wholeNumber,
    )
    .option('--seed <n>', 'seed of the search', wholeNumber, 1)
    .option('--json', 'print the solution as one JSON document (switchyard/sourcing-solution@1)')
    .addHelpText(
      'after',
      `
The cost is the sum of shipment costs, unit costs and the cost of what stays unfilled. A single order is
always solved exactly. For many orders the answer says whether it is proved optimal, and if not, the bound.

Examples:
  yard source solve orders.json
  yard source solve orders.json --seconds 30 --json > plan.json
  jq -c . orders.json | yard source solve - --json | jq '.plans[0]'

Exit codes: 0 solved, 1 a defect, 2 called wrongly or the instance was refused (the JSON path at fault is on standard error).`,
    )
    .action(run);
};
