import type { Command } from 'commander';
import { examples } from '../examples.ts';
import { day, positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { skuQuantities, type SkuQuantity } from '../supply/sku-quantities.ts';
import { changeSupply, registerSupplyVerbs } from '../supply/supply-commands.ts';

type Options = {
  readonly supplier: string;
  readonly to: string;
  readonly line: readonly SkuQuantity[];
  readonly expected?: string;
  readonly revision: number;
};

/** `yard inbound announce|receive|cancel|close|show|list` */
export const registerInbound = (program: Command): void => {
  const group = program
    .command('inbound')
    .summary('what is on its way to nodes')
    .description('What is on its way to nodes: purchase orders, announced, received in part, closed.');
  group
    .command('announce')
    .argument('<order>', 'its number')
    .description('Announce a purchase order, or change it: say the whole order with the next --revision.')
    .requiredOption('--supplier <name>', 'who sends it')
    .requiredOption('--to <node>', 'where it goes')
    .requiredOption('--line <sku=units>', 'units of a SKU; once for each SKU', skuQuantities)
    .option('--expected <day>', 'when (UTC); absent: nobody knows', day)
    .option('--revision <number>', 'which change of it this is', positiveInteger, 1)
    .addHelpText(
      'after',
      examples('inbound announce PO-7 --supplier ACME --to DC-EAST --line MUG-RED=96 --expected 2026-12-01'),
    )
    .action((supplyId: string, { supplier, to, line, expected, revision }: Options, command: Command) =>
      changeSupply(openSession(command), 'PUT', supplyId, '', {
        kind: 'purchase',
        supplier,
        nodeId: to,
        expectedOn: expected ?? null,
        revision,
        lines: line,
      }),
    );
  registerSupplyVerbs(group, { name: 'inbound', arrival: 'receive' });
};
