import type { Command } from 'commander';
import { examples } from '../examples.ts';
import { day, positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { skuQuantities, type SkuQuantity } from '../supply/sku-quantities.ts';
import { changeSupply, registerSupplyVerbs } from '../supply/supply-commands.ts';

type CreateOptions = {
  readonly from: string;
  readonly to: string;
  readonly line: readonly SkuQuantity[];
  readonly expected?: string;
  readonly revision: number;
};
type DepartOptions = { readonly line?: readonly SkuQuantity[]; readonly expected?: string };

const registerCreate = (group: Command): void => {
  group
    .command('create')
    .argument('<order>', 'its number')
    .description('Create a transfer, or change it before it departs: say all of it with the next --revision.')
    .requiredOption('--from <node>', 'where the units are')
    .requiredOption('--to <node>', 'where they go')
    .requiredOption('--line <sku=units>', 'units of a SKU; once for each SKU', skuQuantities)
    .option('--expected <day>', 'when they arrive (UTC); absent: nobody knows', day)
    .option('--revision <number>', 'which change of it this is', positiveInteger, 1)
    .addHelpText('after', examples('transfer create TR-1 --from DC-EAST --to STORE-3 --line MUG-RED=12'))
    .action((supplyId: string, { from, to, line, expected, revision }: CreateOptions, command: Command) =>
      changeSupply(openSession(command), 'PUT', supplyId, '', {
        kind: 'transfer',
        originId: from,
        nodeId: to,
        expectedOn: expected ?? null,
        revision,
        lines: line,
      }),
    );
};

const registerDepart = (group: Command): void => {
  group
    .command('depart')
    .argument('<order>', 'its number')
    .description('It has left: its units are free at the origin no more, but in transit. Happens once.')
    .option('--line <sku=units>', 'only these units left; what is not named stayed behind', skuQuantities)
    .option('--expected <day>', 'when it arrives (UTC)', day)
    .addHelpText('after', examples('transfer depart TR-1', 'transfer depart TR-1 --line MUG-RED=10'))
    .action((supplyId: string, { line, expected }: DepartOptions, command: Command) =>
      changeSupply(openSession(command), 'POST', supplyId, '/departure', {
        ...(line === undefined ? {} : { lines: line }),
        ...(expected === undefined ? {} : { expectedOn: expected }),
      }),
    );
};

/** `yard transfer create|depart|arrive|cancel|close|show|list` */
export const registerTransfer = (program: Command): void => {
  const group = program
    .command('transfer')
    .summary('units that go from node to node')
    .description('Units that go from node to node: created, departed, arrived in part, closed.');
  registerCreate(group);
  registerDepart(group);
  registerSupplyVerbs(group, { name: 'transfer', arrival: 'arrive' });
};
