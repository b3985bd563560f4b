import { Option, type Command } from 'commander';
import type { OrderSummary, PageOf } from '../api-types.ts';
import { examples } from '../examples.ts';
import { countOf, formatAmount, formatMoment, paintStatus } from '../format-values.ts';
import { formatTable, plain, type Output } from '../output.ts';
import { moment, positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';

const STATUSES = ['placed', 'onHold', 'inFulfilment', 'backordered', 'shipped', 'partlyShipped', 'cancelled'];

type Options = {
  readonly status?: string;
  readonly channel?: string;
  readonly node?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly all?: boolean;
};

const render = (out: Output, orders: readonly OrderSummary[], more: boolean): void => {
  if (orders.length === 0) return out.print('No orders.');
  const rows = orders.map((order) => [
    formatMoment(order.placedAt),
    order.orderId,
    plain(order.channelOrderNumber ?? order.channelOrderId),
    `${order.channel}/${order.connection}`,
    paintStatus(out.colours, order.status),
    String(order.units),
    formatAmount(order.grandTotal, order.currency),
    order.nodes.join(' '),
  ]);
  const head = ['PLACED', 'ORDER', 'NUMBER', 'CHANNEL', 'STATUS', 'UNITS', 'TOTAL', 'NODES'];
  out.print(formatTable(head, rows, ['UNITS', 'TOTAL']));
  out.print(
    out.colours.dim(`${countOf(orders.length, 'order')}${more ? '; there are more: --all or --limit' : ''}`),
  );
};

/** `yard orders` */
export const registerOrders = (program: Command): void => {
  program
    .command('orders')
    .summary('list orders, newest first')
    .description('List orders, newest first.')
    .addOption(new Option('--status <status>', 'only orders in this state').choices(STATUSES))
    .option('--channel <channel>', 'only orders of this channel')
    .option('--node <node>', 'only orders that this node works on')
    .option('--from <moment>', 'placed at or after this day or moment', moment)
    .option('--to <moment>', 'placed before this day or moment', moment)
    .option('--limit <count>', 'at most this many', positiveInteger, 50)
    .option('--all', 'every page')
    .addHelpText(
      'after',
      examples('orders --status backordered', 'orders --channel shopify --from 2026-11-01 --all --json'),
    )
    .action(async ({ limit, all = false, ...filters }: Options, command: Command) => {
      const { api, out } = openSession(command);
      const wanted = all ? Infinity : limit;
      const orders: OrderSummary[] = [];
      let more = false;
      const query = { ...filters, limit: Math.min(200, wanted) };
      for await (const page of api.pages<PageOf<OrderSummary>>('/v1/orders', query)) {
        orders.push(...page.items);
        more = page.cursor !== undefined;
        if (orders.length >= wanted) break;
      }
      const shown = orders.slice(0, wanted);
      if (out.json) out.document(shown);
      else render(out, shown, more || orders.length > shown.length);
    });
};
