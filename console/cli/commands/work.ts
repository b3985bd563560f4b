import { Option, type Command } from 'commander';
import type { FulfilmentOrder, PageOf } from '../api-types.ts';
import { examples } from '../examples.ts';
import { formatMoment, paintStatus } from '../format-values.ts';
import { formatTable, plain } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';

const STATUSES = ['requested', 'accepted', 'rejected', 'shipped', 'partlyShipped', 'cancelled'];

/** `yard work NODE` */
export const registerWork = (program: Command): void => {
  program
    .command('work')
    .argument('<node>', 'the node')
    .summary('what a node still has to do, oldest first')
    .description(
      'List what one node still has to do, oldest first; with --status what became of earlier work.',
    )
    .addOption(new Option('--status <status>', 'work in this state instead').choices(STATUSES))
    .option('--limit <count>', 'at most this many', positiveInteger, 50)
    .addHelpText('after', examples('work DC-EAST --status requested'))
    .action(async (node: string, { status, limit }: { status?: string; limit: number }, command: Command) => {
      const { api, out } = openSession(command);
      const work: FulfilmentOrder[] = [];
      const query = { node, status, limit: Math.min(200, limit) };
      for await (const page of api.pages<PageOf<FulfilmentOrder>>('/v1/fulfilment-orders', query)) {
        work.push(...page.items);
        if (work.length >= limit) break;
      }
      const shown = work.slice(0, limit);
      if (out.json) return out.document(shown);
      if (shown.length === 0)
        return out.print(
          `${plain(node)} has no ${status === undefined ? 'work waiting' : `${status} work`}.`,
        );
      const rows = shown.map((order) => [
        formatMoment(order.requestedAt),
        `${paintStatus(out.colours, order.status)}${order.reason === undefined ? '' : ` (${order.reason})`}`,
        order.lines.map(({ sku, quantity, shipped }) => `${shipped}/${quantity} x ${plain(sku)}`).join(', '),
        order.fulfilmentOrderId,
      ]);
      out.print(formatTable(['REQUESTED', 'STATUS', 'SHIPPED/ASKED', 'FULFILMENT ORDER'], rows));
    });
};
