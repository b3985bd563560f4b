import { InvalidArgumentError, type Command } from 'commander';
import type { ReorderPoint } from '../../../shared/contracts/inventory/routes.ts';
import { cellPath } from '../cell-path.ts';
import { examples } from '../examples.ts';
import { UsageError } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { plain } from '../output.ts';
import { openSession } from '../session.ts';

type Options = { readonly node: string; readonly set?: number; readonly lift?: true };

const units = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('say a whole number of 0 or more.');
  return Number(text);
};

const textOf = ({ sku, nodeId, reorderPoint, isArmed, crossings }: ReorderPoint): string => {
  const where = `${plain(sku)} at ${nodeId}`;
  if (reorderPoint === undefined) return `${where}: not watched`;
  const state = isArmed ? 'above it' : 'at or below it';
  return `${where}: reorder point ${reorderPoint}, ${state}; crossed ${countOf(crossings, 'time')} so far`;
};

/** `yard reorder-point SKU --node N` */
export const registerReorderPoint = (program: Command): void => {
  program
    .command('reorder-point')
    .argument('<sku>', 'the SKU')
    .requiredOption('--node <node>', 'the node')
    .summary('when a SKU is to be reordered at a node')
    .description(
      'Show, set or lift the reorder point of a SKU at a node. Coming down to it is said once, and again only after the net position (available and inbound) was above it.',
    )
    .option('--set <units>', 'reorder at a net position of so many units', units)
    .option('--lift', 'watch it no longer')
    .addHelpText(
      'after',
      examples('reorder-point MUG-RED --node DC-EAST', 'reorder-point MUG-RED --node DC-EAST --set 20'),
    )
    .action(async (sku: string, { node, set, lift }: Options, command: Command) => {
      if (set !== undefined && lift) throw new UsageError('say --set or --lift, not both');
      const { api, out } = openSession(command);
      const path = `${cellPath(sku, node)}/reorder-point`;
      const isChange = set !== undefined || lift === true;
      const { body } = isChange
        ? await api.call<ReorderPoint>({
            method: 'PUT',
            path,
            body: { reorderPoint: set ?? null },
            repeatable: true,
          })
        : await api.call<ReorderPoint>({ path });
      if (out.json) return out.document(body);
      out.print(textOf(body));
    });
};
