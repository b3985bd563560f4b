import { Option, type Command } from 'commander';
import type { FreezeAnswer, MendAnswer, ProvenCell } from '../api-types.ts';
import { cellPath, skuAtNode } from '../cell-path.ts';
import { examples } from '../examples.ts';
import { NotFine, UsageError } from '../failures.ts';
import { formatTable, plain } from '../output.ts';
import { wholeNumber } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { renderProvenCell } from '../tell-books.ts';

const REASON = ['--reason <text>', 'why; it is kept in the history'] as const;
const cellCommand = (group: Command, name: string): Command =>
  group.command(name).argument('<sku>', 'the SKU').requiredOption('--node <node>', 'the node');

type FreezeOptions = { readonly node: string; readonly reason: string };

const registerFreezing = (
  group: Command,
  name: 'freeze' | 'thaw',
  done: string,
  description: string,
): void => {
  cellCommand(group, name)
    .description(description)
    .requiredOption(...REASON)
    .addHelpText('after', examples(`cell ${name} MUG-RED --node DC-EAST --reason "looked at it"`))
    .action(async (sku: string, { node, reason }: FreezeOptions, command: Command) => {
      const { api, out } = openSession(command);
      const path = `${cellPath(sku, node)}/${name}`;
      const { body } = await api.call<FreezeAnswer>({ method: 'POST', path, body: { reason } });
      if (out.json) return out.document(body);
      out.print(`${plain(sku)} at ${plain(node)} is ${body.changed ? done : `${done} already`}.`);
    });
};

type MendOptions = {
  readonly node: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly trust: string;
  readonly onHand?: number;
};

const renderMend = ({ before, counters }: MendAnswer): string => {
  const names = ['onHand', 'reserved', 'safetyStock', 'quarantined', 'inTransit', 'ringFence'] as const;
  const rows = names
    .filter((name) => counters[name] !== 0 || (before?.[name] ?? 0) !== 0)
    .map((name) => [name, before === undefined ? 'none' : String(before[name]), String(counters[name])]);
  return formatTable(['COUNTER', 'IS', 'MUST BE'], rows, ['IS', 'MUST BE']);
};

/** Nothing is kept of a dry run; whatever is written says why. */
export const reasonOf = ({ reason, dryRun = false }: Pick<MendOptions, 'reason' | 'dryRun'>): string => {
  if (reason !== undefined) return reason;
  if (!dryRun) throw new UsageError('mend needs --reason, or --dry-run to write nothing');
  return 'dry run';
};

const registerMend = (group: Command): void => {
  cellCommand(group, 'mend')
    .summary('make its counters what its movements and the open claims say')
    .description(
      `Make a broken cell's counters what its movements and the open claims say. The correction is written only while the
cell is as it was read, with a movement of its own. A frozen cell stays frozen: thaw it when you are content.`,
    )
    .option('--dry-run', 'say what the counters must be, write nothing')
    .option(...REASON)
    .addOption(
      new Option('--trust <side>', 'which is right where counters and movements differ')
        .choices(['history', 'counters'])
        .default('history'),
    )
    .option('--on-hand <units>', 'units that were counted, when neither is right', wholeNumber)
    .addHelpText(
      'after',
      examples(
        'cell mend MUG-RED --node DC-EAST --dry-run',
        'cell mend MUG-RED --node DC-EAST --reason "wrote past the API"',
      ),
    )
    .action(async (sku: string, options: MendOptions, command: Command) => {
      const { node, trust, onHand, dryRun = false } = options;
      const reason = reasonOf(options);
      const { api, out } = openSession(command);
      const { body } = await api.call<MendAnswer>({
        method: 'POST',
        path: `/v1/books/stock/${skuAtNode(sku, node)}/mend`,
        body: { reason, trust, dryRun, ...(onHand === undefined ? {} : { onHand }) },
      });
      if (out.json) return out.document(body);
      for (const { rule, detail } of body.violations) out.print(`${plain(detail)} (${rule})`);
      out.print(renderMend(body));
      if (body.outcome === 'wouldMend')
        return out.print('Nothing is written: leave out --dry-run to mend it.');
      out.print(`Mended. If it is frozen: yard cell thaw ${plain(sku)} --node ${plain(node)} --reason ...`);
    });
};

const registerProve = (group: Command): void => {
  cellCommand(group, 'prove')
    .summary('prove its counters, its history and the claims on it')
    .description(
      'Prove one cell: its counters, its history and the claims on it. Exit code 1: something is off.',
    )
    .addHelpText('after', examples('cell prove MUG-RED --node DC-EAST'))
    .action(async (sku: string, { node }: { readonly node: string }, command: Command) => {
      const { api, out } = openSession(command);
      const path = `/v1/books/stock/${skuAtNode(sku, node)}/proof`;
      const { body } = await api.call<ProvenCell>({ method: 'POST', path, body: {}, repeatable: true });
      if (out.json) out.document(body);
      else if (body.verdict === 'off') renderProvenCell(out, body);
      else if (body.verdict === 'clean') out.print(`${plain(sku)} at ${plain(node)} balances.`);
      else out.print(`${plain(sku)} at ${plain(node)} changed whenever it was read: try again.`);
      if (body.verdict !== 'clean') throw new NotFine('the cell is not proven');
    });
};

/** `yard cell ...` */
export const registerCell = (program: Command): void => {
  const group = program
    .command('cell')
    .summary('freeze, thaw, prove and mend one SKU at one node')
    .description('One SKU at one node, when its figures are in doubt: freeze, thaw, prove and mend it.');
  registerProve(group);
  registerMend(group);
  registerFreezing(
    group,
    'freeze',
    'frozen',
    'Offer nothing of it until it is thawed; claims that are held go on.',
  );
  registerFreezing(group, 'thaw', 'thawed', 'Offer it again; the watchdog proves it once more.');
};
