import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { StockPosition } from '../api-types.ts';
import { cellPath } from '../cell-path.ts';
import { examples } from '../examples.ts';
import { wholeUnits } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { renderStock } from '../tell-stock.ts';

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
