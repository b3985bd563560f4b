import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { StockPosition } from '../api-types.ts';
import { cellPath } from '../cell-path.ts';
import { examples } from '../examples.ts';
import { wholeUnits } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { renderStock } from '../tell-stock.ts';

type Options = {
  readonly node: string;
  readonly units: number;
  readonly reason: string;
  readonly once?: string;
};

/** `yard safety-stock SKU` */
export const registerSafetyStock = (program: Command): void => {
  program
    .command('safety-stock')
    .argument('<sku>', 'the SKU')
    .summary('keep units of a node from being sold at all')
    .description(
      'Keep units of a node from being sold at all: what is available is less by them. On hand stays what it is; a ring-fence and the buffers of channels are other things.',
    )
    .requiredOption('--node <node>', 'where')
    .requiredOption('--units <units>', 'how many; 0 lifts it', wholeUnits)
    .requiredOption('--reason <text>', 'why; the history keeps it')
    .option('--once <name>', 'names this change: sent again under the same name it has its effect once')
    .addHelpText('after', examples("safety-stock MUG-RED --node DC-EAST --units 5 --reason 'slow supplier'"))
    .action(async (sku: string, { node, units, reason, once }: Options, command: Command) => {
      const { api, out } = openSession(command);
      const body = { key: once ?? randomUUID(), safetyStock: units, reason };
      const path = cellPath(sku, node);
      const answer = await api.call<StockPosition>({ method: 'PUT', path, body, repeatable: true });
      if (out.json) out.document(answer.body);
      else renderStock(out, { sku, positions: [answer.body] }, node);
    });
};
