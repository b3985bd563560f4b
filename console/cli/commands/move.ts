import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { changePosition } from '../change-position.ts';
import { examples } from '../examples.ts';
import { UsageError } from '../failures.ts';
import { plain } from '../output.ts';
import { openSession } from '../session.ts';

const KINDS = ['receive', 'return', 'write-off', 'adjust', 'quarantine', 'clear'] as const;
const WITHOUT_REASON = ['receive', 'return'];

export type MoveOptions = {
  readonly node: string;
  readonly quantity: number;
  readonly reason?: string;
  readonly document?: string;
  readonly from?: 'quarantine';
  readonly once?: string;
};

/** Units with their sign, for commander options. */
const signedUnits = (text: string): number => {
  if (!/^[+-]?[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('say a whole number, and not 0.');
  return Number(text);
};

/** What is sent for a movement, and where to below the path of its cell. */
export const moveRequest = (kind: string, { quantity, reason, document, from, once }: MoveOptions) => {
  if (!KINDS.some((known) => known === kind))
    throw new UsageError(`${plain(kind)}: say one of ${KINDS.join(', ')}`);
  if (!WITHOUT_REASON.includes(kind) && reason === undefined) throw new UsageError(`${kind} needs --reason`);
  if (kind === 'receive' && reason !== undefined)
    throw new UsageError('receive takes no --reason: its cause is the --document');
  if (from !== undefined && kind !== 'write-off') throw new UsageError('--from goes with write-off only');
  if (quantity < 0 && kind !== 'adjust') throw new UsageError('only adjust takes units away by a sign');
  const common = { key: once ?? randomUUID(), ...(document === undefined ? {} : { document }) };
  if (kind === 'receive') return { action: 'receipts' as const, body: { ...common, quantity } };
  return {
    action: 'movements' as const,
    body: {
      kind: kind === 'write-off' ? 'writeOff' : kind,
      ...common,
      ...(kind === 'adjust' ? { difference: quantity } : { quantity }),
      ...(reason === undefined ? {} : { reason }),
      ...(from === undefined ? {} : { from }),
    },
  };
};

/** `yard move quarantine SKU` */
export const registerMove = (program: Command): void => {
  program
    .command('move')
    .argument('<kind>', KINDS.join(', '))
    .argument('<sku>', 'the SKU')
    .summary(
      'receive units, put them back, write them off, correct on hand, or move them into quarantine and out',
    )
    .description(
      'Receive units that no order announced, put units back into stock, write them off, correct on hand by a known difference, or move them into quarantine and out. Quarantined units are at the node and not on hand.',
    )
    .requiredOption('--node <node>', 'where')
    .requiredOption('--quantity <units>', 'how many; of adjust with its sign, such as -3', signedUnits)
    .option('--reason <text>', 'why; the history keeps it (receive and return need none)')
    .option('--document <text>', 'the document it goes by')
    .addOption(new Option('--from <place>', 'write off from here, not from on hand').choices(['quarantine']))
    .option('--once <name>', 'names this movement: sent again under the same name it has its effect once')
    .addHelpText(
      'after',
      examples(
        "move quarantine MUG-RED --node DC-EAST --quantity 6 --reason 'wet carton'",
        "move adjust MUG-RED --node DC-EAST --quantity -3 --reason 'three fewer on the shelf'",
      ),
    )
    .action(async (kind: string, sku: string, options: MoveOptions, command: Command) => {
      const { action, body } = moveRequest(kind, options);
      const cell = { sku, node: options.node };
      await changePosition(openSession(command), cell, { method: 'POST', action, body });
    });
};
