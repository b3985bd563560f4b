import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import type { StockPosition } from '../api-types.ts';
import { examples } from '../examples.ts';
import { UsageError } from '../failures.ts';
import { plain } from '../output.ts';
import { positiveInteger, wholeUnits } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { renderStock } from '../tell-stock.ts';

const KINDS = ['return', 'write-off', 'quarantine', 'clear'] as const;

type Options = {
  readonly node: string;
  readonly quantity: number;
  readonly reason?: string;
  readonly document?: string;
  readonly from?: 'quarantine';
  readonly once?: string;
};

const cellPath = (sku: string, node: string): string =>
  `/v1/stock/${encodeURIComponent(sku)}/${encodeURIComponent(node)}`;

const moved = (kind: string, { quantity, reason, document, from, once }: Options) => {
  if (kind !== 'return' && reason === undefined) throw new UsageError(`${kind} needs --reason`);
  if (from !== undefined && kind !== 'write-off') throw new UsageError('--from goes with write-off only');
  return {
    kind: kind === 'write-off' ? 'writeOff' : kind,
    key: once ?? randomUUID(),
    quantity,
    ...(reason === undefined ? {} : { reason }),
    ...(document === undefined ? {} : { document }),
    ...(from === undefined ? {} : { from }),
  };
};

/** `yard move quarantine SKU` */
export const registerMove = (program: Command): void => {
  program
    .command('move')
    .argument('<kind>', KINDS.join(', '))
    .argument('<sku>', 'the SKU')
    .summary('put units back, write them off, or move them into quarantine and out')
    .description(
      'Put units back into stock, write them off, or move them into quarantine and out. Quarantined units are at the node and not on hand.',
    )
    .requiredOption('--node <node>', 'where')
    .requiredOption('--quantity <units>', 'how many', positiveInteger)
    .option('--reason <text>', 'why; the history keeps it')
    .option('--document <text>', 'the document it goes by')
    .addOption(new Option('--from <place>', 'write off from here, not from on hand').choices(['quarantine']))
    .option('--once <name>', 'names this movement: sent again under the same name it has its effect once')
    .addHelpText(
      'after',
      examples("move quarantine MUG-RED --node DC-EAST --quantity 6 --reason 'wet carton'"),
    )
    .action(async (kind: string, sku: string, options: Options, command: Command) => {
      if (!KINDS.some((known) => known === kind))
        throw new UsageError(`${plain(kind)}: say one of ${KINDS.join(', ')}`);
      const { api, out } = openSession(command);
      const path = `${cellPath(sku, options.node)}/movements`;
      const body = moved(kind, options);
      const answer = await api.call<StockPosition>({ method: 'POST', path, body, repeatable: true });
      if (out.json) out.document(answer.body);
      else renderStock(out, { sku, positions: [answer.body] }, options.node);
    });
};

/** `yard ring-fence SKU` */
export const registerRingFence = (program: Command): void => {
  program
    .command('ring-fence')
    .argument('<sku>', 'the SKU')
    .summary('keep units of a node from routing')
    .description(
      'Keep units of a node from routing, except for orders whose strategy opens the ring-fence. They stay available: safety stock and the buffers of channels are other things.',
    )
    .requiredOption('--node <node>', 'where')
    .requiredOption('--units <units>', 'how many; 0 lifts it', wholeUnits)
    .requiredOption('--reason <text>', 'why; the history keeps it')
    .option('--once <name>', 'names this change: sent again under the same name it has its effect once')
    .addHelpText('after', examples("ring-fence MUG-RED --node DC-EAST --units 20 --reason 'store opening'"))
    .action(
      async (
        sku: string,
        { node, units, reason, once }: { node: string; units: number; reason: string; once?: string },
        command: Command,
      ) => {
        const { api, out } = openSession(command);
        const path = `${cellPath(sku, node)}/ring-fence`;
        const body = { key: once ?? randomUUID(), units, reason };
        const answer = await api.call<StockPosition>({ method: 'PUT', path, body, repeatable: true });
        if (out.json) out.document(answer.body);
        else renderStock(out, { sku, positions: [answer.body] }, node);
      },
    );
};
