import type { Command } from 'commander';
import type * as z from 'zod';
import type { stockValuation } from '../../../shared/contracts/sourcing/routes.ts';
import { examples } from '../examples.ts';
import { countOf } from '../format-values.ts';
import { formatTable } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';

type Valuation = z.infer<typeof stockValuation>;

export const registerPrices = (program: Command): void => {
  program
    .command('prices')
    .description(
      'What a unit of stock is worth to the orders to come: routing adds it to the cost of taking it.',
    )
    .argument('[sku]', 'of this SKU only')
    .option('--node <node>', 'at this node only')
    .option('--limit <n>', 'the dearest so many', positiveInteger, 20)
    .addHelpText('after', examples('yard prices', 'yard prices MUG-RED', 'yard prices --node DC-EAST --json'))
    .action(async (sku: string | undefined, options: { node?: string; limit: number }, command: Command) => {
      const { api, out } = openSession(command);
      const query = new URLSearchParams({
        limit: String(options.limit),
        ...(sku === undefined ? {} : { sku }),
        ...(options.node === undefined ? {} : { nodeId: options.node }),
      });
      const valuation = await api.get<Valuation>(`/v1/sourcing/stock-prices?${query.toString()}`);
      if (out.json) return out.document(valuation);
      const { items, valuedAt, samples, horizonDays } = valuation;
      out.print(
        `valued ${valuedAt} from ${countOf(samples, 'order')}, for ${countOf(horizonDays, 'day')} to come`,
      );
      if (items.length === 0) return out.print('No unit is worth more than its shipping: nothing is short.');
      const rows = items.map(({ node, sku: of, price }) => [of, node, (price / 100).toFixed(2)]);
      out.print(formatTable(['SKU', 'NODE', 'WORTH'], rows, ['WORTH']));
    });
};
